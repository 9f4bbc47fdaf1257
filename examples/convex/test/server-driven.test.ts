// Generations that need no client, on the embedded backend: real clients over HTTP and WebSocket, the component's tables and scheduler, and fal's
// protocol over HTTP.
import type { ConvexClient } from "convex/browser";
import type { ConvexReactClient } from "convex/react";
import { startSandbox } from "@video-engine/example-sandbox";
import { createVideoEngine, type VideoEngine } from "@video-engine/video-sdk";
import { convexDriver } from "@video-engine/video-sdk/driven";
import { afterEach, expect, onTestFinished, test } from "vitest";
import { api } from "../convex/_generated/api.js";
import { pricing } from "../convex/model/pricing.ts";
import { openBackend, openConvexClient, openHttpClient, openReactClient, valueThat } from "./support/backend.ts";

afterEach(() => {
  delete process.env["FAL_SANDBOX_URL"];
});

const REQUEST = {
  model: "vid-lucy-lite",
  prompt: "a corgi surfing",
  attachmentImageUrl: "https://images.example/corgi.png",
} as const;

/** A backend with components, fal's protocol behind it, and a user with credits. */
async function openServerDriven(jobMs = 400) {
  const sandbox = await startSandbox({ jobMs });
  onTestFinished(sandbox.close);
  process.env["FAL_SANDBOX_URL"] = sandbox.url;
  const backend = await openBackend({ withComponents: true });
  const http = await openHttpClient(backend, "alice", { credits: 1000, subscriptionPlan: "pro" });
  return { sandbox, backend, http };
}

function openEngine(convex: ConvexClient | ConvexReactClient): VideoEngine {
  const engine = createVideoEngine({ convex, driver: convexDriver(api.video), functions: api });
  onTestFinished(engine.dispose);
  return engine;
}

test("the client that started it has left: the video is in the app's row, and the app's books are settled", async () => {
  const { sandbox, backend, http: starter } = await openServerDriven();
  const started = await starter.mutation(api.video.generate, { id: "g1", request: REQUEST });
  expect(started).toMatchObject({ status: "running", phase: "submitting", settlement: "held" });

  const watcher = openConvexClient(backend, "alice");
  const shown = await valueThat(
    watcher,
    { query: api.video.get, args: { id: "g1" } },
    (snapshot) => snapshot?.status !== "running",
  );
  expect(shown).toMatchObject({ status: "completed", settlement: "captured" });
  const books = await starter.query(api.extras.books, {});
  expect(books.credits).toEqual({ total: 1000 - started.credits, reserved: 0, available: 1000 - started.credits });
  expect(books.openSlots).toBe(0);
  expect(books.rows).toMatchObject([
    {
      isLoading: false,
      videos: shown?.videos,
      creditsUsed: started.credits,
      model: REQUEST.model,
      prompt: REQUEST.prompt,
    },
  ]);
  expect(sandbox.fal.jobs).toHaveLength(1);
});

test.each([
  ["ConvexClient", openConvexClient],
  ["ConvexReactClient", openReactClient],
] as const)("an engine with a driver has the same handles, over %s", async (_, open) => {
  const { backend, http } = await openServerDriven();
  const engine = openEngine(open(backend, "alice"));
  const generation = engine.generate(REQUEST);
  expect(generation.getSnapshot()).toMatchObject({ status: "running", phase: "acquiring-slot", settlement: "none" });
  const phases: string[] = [];
  for await (const { phase } of generation) phases.push(phase);
  expect(phases.slice(-1)).toEqual(["completed"]);
  expect(phases).toContain("polling");
  const { videos, credits, settlement, rowId } = await generation.result;
  expect(videos).toHaveLength(1);
  expect(settlement).toBe("captured");
  expect(engine.list()).toEqual([generation.getSnapshot()]);
  const books = await http.query(api.extras.books, {});
  expect(books.credits).toEqual({ total: 1000 - credits, reserved: 0, available: 1000 - credits });
  expect(books.rows.map(({ _id }) => _id)).toEqual([rowId]);
});

test("onEvent is told each step of the deployment's machine, and so is a listener of the handle", async () => {
  const { backend } = await openServerDriven();
  const heard: string[] = [];
  const engine = createVideoEngine({
    ...{ convex: openConvexClient(backend, "alice"), driver: convexDriver(api.video), functions: api, user: "alice" },
    onEvent: (event) => heard.push(`${event.user} ${event.type}`),
  });
  onTestFinished(engine.dispose);
  const generation = engine.generate(REQUEST);
  const phases: string[] = [];
  generation.on(({ phase }) => phases.push(phase));
  await generation.result;
  await expect.poll(() => phases.at(-1)).toBe("completed");
  expect(heard.length).toBe(phases.length);
  expect(heard.slice(0, 3)).toEqual(["alice slot-acquired", "alice credits-reserved", "alice session-created"]);
  expect(phases).toEqual(expect.arrayContaining(["submitting", "polling", "saving", "settling"]));
});

test("a newer model costs what the app's pricing says: the deployment goes by the same", async () => {
  const { backend, http } = await openServerDriven();
  const options = { convex: openConvexClient(backend, "alice"), driver: convexDriver(api.video), functions: api };
  const engine = createVideoEngine({ ...options, pricing });
  onTestFinished(engine.dispose);
  const request = { model: "vid-luma-ray-3.2", prompt: "a corgi surfing" } as const;
  const { credits } = engine.quote(request);
  const generation = engine.generate(request);
  // What is reserved is what is captured; this model's jobs are first asked about after more than a minute.
  const reserved = async (): Promise<number> => (await http.query(api.extras.books, {})).credits.reserved;
  await expect.poll(reserved).toBe(credits);
  await generation.cancel();
  expect(await generation.outcome).toMatchObject({ status: "canceled", settlement: "released" });
  expect(await reserved()).toBe(0);
});

test("another user's session takes no row: the generation has failed, and costs nothing", async () => {
  const { sandbox, backend, http: alice } = await openServerDriven();
  const sessionId = await alice.mutation(api.sessions.createSession, { title: "Mine", type: "video" });
  const bob = await openHttpClient(backend, "bob", { credits: 1000 });
  const ended = await bob.mutation(api.video.generate, { id: "g1", request: REQUEST, sessionId });
  expect(ended).toMatchObject({ status: "failed", settlement: "released" });
  expect((await alice.query(api.extras.books, {})).rows).toEqual([]);
  const books = await bob.query(api.extras.books, {});
  expect(books).toMatchObject({ credits: { total: 1000, reserved: 0 }, openSlots: 0, rows: [] });
  expect(sandbox.fal.jobs).toEqual([]);
});

test("an engine that comes later sees what runs and what has ended, and cancels what another one started", async () => {
  const { sandbox, backend, http } = await openServerDriven(60_000);
  const first = openEngine(openConvexClient(backend, "alice"));
  const { id } = first.generate(REQUEST);
  const second = openEngine(openConvexClient(backend, "alice"));
  // The mutation of the first is on its way.
  await expect.poll(async () => (await second.resume()).map((generation) => generation.id)).toEqual([id]);
  first.dispose();
  await expect.poll(() => second.get(id)?.getSnapshot().phase).toBe("polling");
  await second.get(id)?.cancel();
  expect(await second.get(id)?.outcome).toEqual({ status: "canceled", id, settlement: "released" });
  const books = await http.query(api.extras.books, {});
  expect(books.credits).toEqual({ total: 1000, reserved: 0, available: 1000 });
  expect(books.openSlots).toBe(0);
  expect(sandbox.fal.jobs).toMatchObject([{ isCancelled: true }]);
});

test("what the server refuses, the handle says, and what is wrong is not sent", async () => {
  const { backend, http } = await openServerDriven();
  const engine = openEngine(openConvexClient(backend, "alice"));
  const wrong = engine.generate({ model: "vid-lucy-lite", prompt: "without its picture" });
  expect(wrong.getSnapshot()).toMatchObject({ status: "failed", error: { code: "invalid-request" } });
  await http.mutation(api.extras.seedUser, { credits: 1 });
  const outcome = await engine.generate(REQUEST).outcome;
  expect(outcome).toMatchObject({ status: "failed", settlement: "none", error: { code: "insufficient-credits" } });
});

test("over HTTP alone nothing can be followed, which is said at once", async () => {
  const { http } = await openServerDriven();
  expect(() => createVideoEngine({ convex: http, driver: convexDriver(api.video) })).toThrow("ConvexReactClient");
});
