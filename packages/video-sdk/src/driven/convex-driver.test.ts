// The engine of an app whose generations run in its deployment, over a client whose answers the test says: what it asks its server's catalogue, and
// what it makes of an answer that cannot be read.
import { createCatalogue, DEFAULT_PRICE_TABLE, quoteVideo } from "@video-engine/video-models";
import { ConvexError } from "convex/values";
import { makeFunctionReference } from "convex/server";
import { expect, test } from "vitest";
import { createServedCatalogue } from "../catalogue/create-served-catalogue.ts";
import { createVideoEngine } from "../create-video-engine.ts";
import { videoErrorData } from "../errors.ts";
import { json, scriptFetch } from "../http/__fixtures__/script-fetch.ts";
import { createTestClock } from "../testing/test-clock.ts";
import { convexDriver } from "./convex-driver.ts";

const REQUEST = { model: "vid-veo-3.1-fast", prompt: "a corgi surfing", duration: 8 } as const;
const DEARER = createCatalogue({ table: { ...DEFAULT_PRICE_TABLE, baseCredits: { [REQUEST.model]: 500 } } });

function open(mutation: () => Promise<unknown>) {
  const clock = createTestClock();
  const { fetch, requests } = scriptFetch(json(DEARER), json(DEARER), json(DEARER));
  let tell: (answer: unknown) => void = () => undefined;
  const http = { baseUrl: "https://app.example", getToken: () => "token", fetch };
  const catalogue = createServedCatalogue({ http, clock });
  const engine = createVideoEngine({
    catalogue,
    convex: {
      mutation,
      query: () => Promise.resolve([]),
      onUpdate: (_: unknown, __: unknown, listener: typeof tell) => {
        tell = listener;
        return () => undefined;
      },
    } as never, // the part of a ConvexClient that the engine uses
    driver: convexDriver({
      generate: makeFunctionReference<"mutation">("video:generate"),
      cancel: makeFunctionReference<"mutation">("video:cancel"),
      list: makeFunctionReference<"query">("video:list"),
    }),
    platform: { clock, random: () => 0.5, createId: () => "g1" },
  });
  return { engine, clock, requests, answered: catalogue.load, tell: (answer: unknown) => tell(answer) };
}

test("the server's catalogue is loaded when the engine resumes: its prices are quoted", async () => {
  const { engine, requests, answered } = open(() => new Promise(() => undefined));
  expect(engine.quote(REQUEST).credits).toBe(quoteVideo(REQUEST).credits);
  await engine.resume();
  await answered();
  expect(requests.map(({ url }) => url)).toEqual(["https://app.example/api/mobile/models"]);
  expect(engine.quote(REQUEST).credits).not.toBe(quoteVideo(REQUEST).credits);
});

test.each(["price-changed", "model-retired", "unknown-model"] as const)(
  "a deployment that refuses with %s sells something else: the catalogue is asked for anew, and the next start is told its price",
  async (code) => {
    const told: unknown[] = [];
    const { engine, requests, answered } = open(() => Promise.reject(new ConvexError(videoErrorData(code) as never)));
    const outcome = await engine.generate(REQUEST, { onError: (error) => told.push(error.code) }).outcome;
    expect(outcome).toMatchObject({ status: "failed", settlement: "none", error: { code } });
    // Waits for the answer of the question that is out: one that has just come is not asked for again.
    await answered();
    expect([told, requests.length]).toEqual([[code], 1]);
    expect(engine.quote(REQUEST).credits).not.toBe(quoteVideo(REQUEST).credits);
  },
);

test("any other refusal asks for none", async () => {
  const refusal = new ConvexError(videoErrorData("insufficient-credits") as never);
  const { engine, clock, requests } = open(() => Promise.reject(refusal));
  await engine.generate(REQUEST).outcome;
  await clock.flush();
  expect(requests).toEqual([]);
});

test("an answer that cannot be read is no refusal: the mutation has run, so it is asked again under its id, and what is followed is shown", async () => {
  let calls = 0;
  const { engine, clock, tell } = open(() => Promise.resolve({ generation: ++calls }));
  const generation = engine.generate(REQUEST);
  await clock.advance(5_000);
  expect(calls).toBeGreaterThan(1);
  expect(generation.getSnapshot()).toMatchObject({ status: "running", pauseReason: "backend-unreachable" });
  tell([{ ...generation.getSnapshot(), phase: "polling", isPaused: false, pauseReason: undefined }]);
  expect(generation.getSnapshot()).toMatchObject({ status: "running", phase: "polling" });
});
