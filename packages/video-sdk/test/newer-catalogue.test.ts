// A released app and a server of a later release: what the app learns from the server's catalogue is shown, chosen, priced, generated, resumed and
// refused; and what a broken or hostile catalogue can do to it, which is nothing.
import {
  createPricing,
  createRegistry,
  getVideoModel,
  quoteVideo,
  kling,
  veo,
  type VideoModelId,
} from "@video-engine/video-models";
import { HttpResponse } from "msw";
import { describe, expect, test } from "vitest";
import { createMemoryStorage } from "../src/adapters/index.ts";
import type { Generation, GenerationOutcome } from "../src/index.ts";
import { fakeNetworkAndTime, untilSettled, MINUTE, SECOND } from "./support/open-app.ts";
import { createLaterServer, openOlderApp, type LaterServer } from "./support/open-older-app.ts";
import { passTime, watchSignatures } from "./support/pass-time.ts";

fakeNetworkAndTime();
watchSignatures();

const pass = (ms: number): Promise<void> => passTime(ms, SECOND);

async function outcomeOf(generation: Generation): Promise<GenerationOutcome> {
  for (let minutes = 0; minutes < 15 && generation.getSnapshot().status === "running"; minutes++) await pass(MINUTE);
  expect(generation.getSnapshot().status).not.toBe("running");
  return await generation.outcome;
}

const pricing = createPricing({ creditValueUsd: 0.01, margin: 0.4 });
const OWN = quoteVideo({ model: "vid-veo-3.1", prompt: "" }).credits;
const older = createRegistry([veo, kling]);
/** Known to the app's package, but not to the release that the app was built with. */
const SEEDANCE = "vid-seedance-2.0-mini";
/** Known to no release. The server knows it as Seedance 2.0 mini. */
const TOMORROW = "vid-of-tomorrow" as VideoModelId;
const renamed = { here: SEEDANCE, there: TOMORROW };

const laterServer = (options?: object, rename?: typeof renamed): LaterServer =>
  createLaterServer({ pricing, ...options }, rename);
const open = (server: LaterServer, storage = createMemoryStorage()) => openOlderApp(server, older, { storage });

async function started(server: LaterServer, storage = createMemoryStorage()) {
  const app = open(server, storage);
  await Promise.all([app.engine.resume(), pass(5 * SECOND)]);
  return app;
}

const listed = ({ engine }: ReturnType<typeof open>) =>
  engine.models
    .getSnapshot()
    .sortedVideoModels()
    .map(({ id }) => id);

describe.each([
  [SEEDANCE, undefined],
  [TOMORROW, renamed],
] as const)("%s, which came after the app's release", (model, rename) => {
  const request = { model, prompt: "a corgi surfing", duration: 5 } as const;
  const credits = pricing.quoteVideo({ ...request, model: SEEDANCE }).credits;

  test("is unknown until the catalogue is there, and refused before anything is called", async () => {
    const { engine, backend } = open(laterServer({}, rename));
    expect(await engine.generate(request).outcome).toMatchObject({ error: { code: "unknown-model" } });
    expect(() => engine.settings.select(model)).toThrow("There is no video model");
    expect(backend.calls).toEqual([]);
  });

  test("is shown, chosen, priced, generated and recorded under its name", async () => {
    const server = laterServer({}, rename);
    const app = await started(server);
    expect(listed(app)).toContain(model);
    const { engine, backend } = app;
    engine.settings.select(model);
    engine.settings.update({ duration: 5, resolution: "480p" });
    expect(engine.settings.getSnapshot()).toMatchObject({ model, settings: { duration: 5, resolution: "480p" } });
    expect(engine.quote(request).credits).toBe(credits);
    const outcome = await outcomeOf(engine.generate(request));
    expect(outcome).toMatchObject({ status: "completed", settlement: "captured" });
    expect(backend.books).toMatchObject({ captured: credits, reserved: 0 });
    expect(backend.books.rows).toMatchObject([{ model, isLoading: false }]);
    expect(JSON.stringify(backend.calls)).toContain(getVideoModel(SEEDANCE).label);
    expect(server.inputs()).toMatchObject([{ prompt: "a corgi surfing", duration: "5" }]);
    engine.dispose();
    await untilSettled(app);
  });

  test("is resumed by an app that was closed meanwhile, though the catalogue is gone", async () => {
    const server = laterServer({}, rename);
    const storage = createMemoryStorage();
    const first = await started(server, storage);
    first.engine.generate(request);
    await pass(20 * SECOND);
    expect(server.inputs()).toHaveLength(1);
    first.engine.dispose();
    await storage.removeItem("video-engine:1:catalogue");
    server.answerModels(() => new HttpResponse(null, { status: 503 }));

    await pass(2 * MINUTE);
    const again = openOlderApp(server, older, { storage, openBefore: first.backend });
    await Promise.all([again.engine.resume(), pass(4 * MINUTE)]);
    expect(again.engine.models.getSnapshot().isVideoModelId(model)).toBe(false);
    expect(again.engine.list()).toMatchObject([{ model, status: "completed", settlement: "captured" }]);
    expect(again.backend.books.captured).toBe(credits);
    again.engine.dispose();
    await untilSettled(again);
  });

  test("is known at the next start without a network, and so is what was chosen for it", async () => {
    const server = laterServer({}, rename);
    const storage = createMemoryStorage();
    const first = await started(server, storage);
    await first.engine.settings.load();
    first.engine.settings.select(model);
    await pass(SECOND);
    first.engine.dispose();
    server.answerModels(() => HttpResponse.error());

    const again = openOlderApp(server, older, { storage, openBefore: first.backend });
    await again.engine.settings.load();
    expect(again.engine.settings.getSnapshot().model).toBe(model);
    expect(again.engine.quote(request).credits).toBe(credits);
  });

  test("that the catalogue no longer has is finished where it runs, and refused from then on", async () => {
    const server = laterServer({}, rename);
    const app = await started(server);
    const generation = app.engine.generate(request);
    app.engine.settings.select(model);
    await pass(10 * SECOND);
    server.answerModels((catalogue) => HttpResponse.json({ ...(catalogue as object), models: older.models }));
    await app.catalogue.refresh();
    expect(app.engine.models.getSnapshot().isVideoModelId(model)).toBe(false);
    expect(app.engine.settings.getSnapshot().model).toBe("vid-veo-3.1");
    expect(await app.engine.generate(request).outcome).toMatchObject({ error: { code: "unknown-model" } });
    expect(await outcomeOf(generation)).toMatchObject({ status: "completed", settlement: "captured" });
    app.engine.dispose();
    await untilSettled(app);
  });
});

describe("a model that was retired after the app's release", () => {
  const lifecycles = { "vid-veo-3.1-fast": { stage: "retired", date: "2027-01", replacement: "vid-veo-3.1" } };
  const request = { model: "vid-veo-3.1-fast", prompt: "a corgi surfing" } as const;

  test("is refused with its replacement and replaced in the form, also at the next start without a network", async () => {
    const server = laterServer({ lifecycles });
    const storage = createMemoryStorage();
    const before = open(server, storage);
    before.engine.settings.select("vid-veo-3.1-fast");
    before.engine.settings.update({ duration: 4 });
    const app = before;
    await Promise.all([app.engine.resume(), pass(5 * SECOND)]);
    for (const engine of [app.engine, offline(server, storage, app.backend)]) {
      await Promise.all([engine.settings.load(), engine.resume(), pass(5 * SECOND)]);
      expect(await engine.generate(request).outcome).toMatchObject({
        error: { code: "model-retired", message: expect.stringContaining('Use Veo 3.1 ("vid-veo-3.1") instead.') },
        settlement: "none",
      });
      expect(engine.settings.getSnapshot()).toMatchObject({ model: "vid-veo-3.1", chosen: { duration: 4 } });
      engine.dispose();
    }
    expect(app.backend.calls.filter(({ name }) => /slot|credit/i.test(name))).toEqual([]);
  });

  test("while the app is open is refused by the server, released, and then known to the app", async () => {
    const server = laterServer({ lifecycles });
    server.answerModels(() => new HttpResponse(null, { status: 503 }));
    const app = await started(server);
    server.answerModels(undefined);
    const outcome = await outcomeOf(app.engine.generate(request));
    expect(outcome).toMatchObject({ error: { code: "model-retired" }, settlement: "released" });
    expect(listed(app)).not.toContain("vid-veo-3.1-fast");
    app.engine.dispose();
    await untilSettled(app);
  });
});

function offline(
  server: LaterServer,
  storage: ReturnType<typeof createMemoryStorage>,
  openBefore: ReturnType<typeof open>["backend"],
) {
  server.answerModels(() => HttpResponse.error());
  return openOlderApp(server, older, { storage, openBefore }).engine;
}

describe("a model with data of a later version", () => {
  test("is shown, and refused by its name before anything is called", async () => {
    const server = laterServer();
    const smell = { ...getVideoModel(SEEDANCE), label: "Smell 1", inputs: [{ kind: "smell" }] };
    server.answerModels((catalogue) => {
      const { models, ...rest } = catalogue as { readonly models: object };
      return HttpResponse.json({ ...rest, models: { ...models, "vid-smell-1": smell } });
    });
    const { engine, backend } = await started(server);
    expect(engine.models.getSnapshot().newer).toMatchObject([{ id: "vid-smell-1", label: "Smell 1" }]);
    const id = "vid-smell-1" as VideoModelId;
    expect(await engine.generate({ model: id, prompt: "roses" }).outcome).toMatchObject({
      error: {
        code: "unknown-model",
        message: expect.stringContaining('Smell 1 ("vid-smell-1") needs a newer version'),
      },
      settlement: "none",
    });
    expect(backend.calls.filter(({ name }) => /slot|credit/i.test(name))).toEqual([]);
    engine.dispose();
  });
});

describe("an answer that is no catalogue changes nothing, and is not kept", () => {
  const deep = `{"version":1,"models":{"a":${"[".repeat(200_000)}${"]".repeat(200_000)}}}`;
  test.each<[string, () => Response]>([
    ["nothing", () => HttpResponse.error()],
    ["a page", () => new HttpResponse("<html>", { status: 200 })],
    ["an error", () => HttpResponse.json({ version: 1, models: {} }, { status: 500 })],
    ["a list", () => HttpResponse.json([])],
    ["another version", () => HttpResponse.json({ version: 2, models: {} })],
    ["two megabytes", () => HttpResponse.json({ version: 1, models: {}, padding: "a".repeat(2_000_000) })],
    [
      "thousands of models",
      () =>
        HttpResponse.json({
          version: 1,
          models: Object.fromEntries(Array.from({ length: 5_000 }, (_, at) => [`m-${at}`, 1])),
        }),
    ],
    ["a pit", () => new HttpResponse(deep, { headers: { "content-type": "application/json" } })],
  ])("%s", async (_, answer) => {
    const server = laterServer();
    server.answerModels(answer);
    const storage = createMemoryStorage();
    const app = await started(server, storage);
    expect(Object.keys(app.engine.models.getSnapshot().models)).toEqual(Object.keys(older.models));
    expect(await storage.getItem("video-engine:1:catalogue")).toBeNull();
    expect(app.engine.quote({ model: "vid-veo-3.1", prompt: "" }).credits).toBe(OWN);
    app.engine.dispose();
  });

  test("prices of a hostile one are none of ours: no hold is more or less than the app's own", async () => {
    const server = laterServer();
    server.answerModels((catalogue) => {
      const given = catalogue as { readonly prices: { readonly baseCredits: object } };
      const baseCredits = { ...given.prices.baseCredits, "vid-veo-3.1": -5 };
      return HttpResponse.json({ ...given, prices: { ...given.prices, baseCredits, margin: -1 } });
    });
    const app = await started(server);
    expect(app.engine.quote({ model: "vid-veo-3.1", prompt: "" }).credits).toBe(OWN);
    app.engine.dispose();
  });

  test("a late one is waited for by nothing", async () => {
    const server = laterServer();
    const app = open(server);
    server.answerModels((catalogue) => HttpResponse.json(catalogue as object));
    void app.engine.resume();
    const generation = app.engine.generate({ model: "vid-veo-3.1", prompt: "a corgi surfing", duration: 8 });
    expect(await outcomeOf(generation)).toMatchObject({ status: "completed", settlement: "captured" });
    app.engine.dispose();
    await untilSettled(app);
  });
});

test("the server is asked once while its answer is fresh, whatever is resumed and subscribed", async () => {
  const server = laterServer();
  const app = await started(server);
  app.engine.models.subscribe(() => undefined);
  await Promise.all([app.engine.resume(), app.catalogue.load()]);
  expect(server.questions()).toBe(1);
  await app.catalogue.refresh();
  await Promise.all([app.catalogue.refresh(), app.catalogue.refresh()]);
  expect(server.questions()).toBe(2);
  await pass(11 * MINUTE);
  await app.catalogue.load();
  expect(server.questions()).toBe(3);
  app.engine.dispose();
});
