// The engine over Convex's real clients on each kind of backend, as silent as in production: what it sends is taken, and the books are balanced.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import {
  createVideoEngine,
  type VideoEngine,
  type VideoEngineEvent,
  type VideoEngineOptions,
} from "@video-engine/video-sdk";
import { createMemoryStorage } from "@video-engine/video-sdk/adapters";
import { getFunctionName } from "convex/server";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { api } from "../convex/_generated/api.js";
import { BACKEND_KINDS, tokenFor, type BackendKind } from "../server/index.ts";
import { openBackend, openConvexClient, openHttpClient } from "./support/backend.ts";

const VIDEO = "https://videos.test/1.mp4";
const REQUEST = { model: "vid-veo-3.1-fast", prompt: "a corgi surfing", duration: 8 } as const;
const CREDITS = 208;

/** What the owner of each kind says of its functions. */
const PROMISES: Readonly<Record<BackendKind, VideoEngineOptions["backend"]>> = {
  "as-deployed": {},
  "as-planned": { fields: "all" },
  "with-operation-ids": { fields: "all", takesOperationIds: true },
};

/** Routes with one job, which runs until the test says how it ends. */
async function openRoutes() {
  let answer: object = { queued: true, status: "IN_PROGRESS" };
  const server = createServer((request, response) => {
    const isQuestion = request.method === "GET";
    const body = isQuestion ? answer : { queued: true, requestId: "job-1", modelId: REQUEST.model, provider: "fal" };
    response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo; // it listens on a port
  return {
    baseUrl: `http://127.0.0.1:${port}`,
    finish: () => void (answer = { success: true, videos: [{ url: VIDEO }] }),
    fail: () => void (answer = { success: false, error: { code: "content-rejected", message: "No." } }),
  };
}

async function openApp(kind: BackendKind, transport: "HTTP" | "a socket", more: VideoEngineOptions["backend"] = {}) {
  const backend = await openBackend({ kind, isProduction: true });
  const reader = await openHttpClient(backend, "alice", { credits: 1_000, subscriptionPlan: "pro" });
  const convex = transport === "HTTP" ? reader : openConvexClient(backend, "alice");
  const routes = await openRoutes();
  const events: VideoEngineEvent[] = [];
  const storage = createMemoryStorage();
  const open = (changed: VideoEngineOptions["backend"] = {}, through: VideoEngineOptions["convex"] = convex) => {
    const engine = createVideoEngine({
      convex: through,
      http: { baseUrl: routes.baseUrl, getToken: () => "token" },
      routes: { firstFrame: false },
      platform: { storage },
      user: "alice",
      polling: () => ({ waitMs: 100, isSlow: false, isOverdue: false }),
      backend: { ...PROMISES[kind], ...more, ...changed },
      onEvent: (event) => void events.push(event),
    });
    onTestFinished(() => engine.dispose());
    return engine;
  };
  const typesOf = () => events.map(({ type }) => type);
  return { reader, convex, routes, open, events, typesOf, books: () => reader.query(api.extras.books, {}) };
}

const PLACES = BACKEND_KINDS.flatMap((kind) => (["HTTP", "a socket"] as const).map((by) => [kind, by] as const));

describe.each(PLACES)("on a backend %s, over %s", (kind, transport) => {
  const isKept = kind !== "as-deployed";

  test("a video is saved and captured, and no call is refused", async () => {
    const { routes, open, typesOf, books } = await openApp(kind, transport);
    routes.finish();
    expect(await open().generate(REQUEST).outcome).toMatchObject({ status: "completed", settlement: "captured" });
    const row = isKept ? { creditsUsed: CREDITS, externalRequestId: "job-1" } : {};
    expect(await books()).toMatchObject({
      credits: { total: 1_000 - CREDITS, reserved: 0 },
      openSlots: 0,
      rows: [{ isLoading: false, videos: [VIDEO], generationStatus: "completed", ...row }],
    });
    expect(typesOf()).not.toContain("backend-refused");
  });

  test("a failure is marked and released, and no call is refused", async () => {
    const { routes, open, typesOf, books } = await openApp(kind, transport);
    routes.fail();
    expect(await open().generate(REQUEST).outcome).toMatchObject({ status: "failed", settlement: "released" });
    expect(await books()).toMatchObject({
      credits: { total: 1_000, reserved: 0 },
      openSlots: 0,
      slots: [{ status: "failed", ...(isKept ? { error: "No." } : {}) }],
      rows: [{ isLoading: false, error: "No.", generationStatus: "failed", ...(isKept ? { refunded: true } : {}) }],
    });
    expect(typesOf()).not.toContain("backend-refused");
  });

  test("an app that was closed while the job ran goes on at its next start", async () => {
    const { routes, open, books } = await openApp(kind, transport);
    const first = open();
    const begun = first.generate(REQUEST);
    await new Promise<void>((resolve) => begun.on(({ phase }) => phase === "polling" && resolve()));
    first.dispose();
    routes.finish();
    const [resumed] = await open().resume();
    expect(await resumed?.outcome).toMatchObject({ status: "completed", settlement: "captured" });
    expect(await books()).toMatchObject({ credits: { total: 1_000 - CREDITS, reserved: 0 }, openSlots: 0 });
  });

  test("a probe finds out what is taken, once", async () => {
    const { routes, open, events, books } = await openApp(kind, transport, { fields: "probe" });
    routes.fail();
    const engine = open();
    for (let times = 0; times < 2; times++)
      expect(await engine.generate(REQUEST).outcome).toMatchObject({ status: "failed", settlement: "released" });
    const refused = events.flatMap((event) => (event.type === "fields-refused" ? [event.fields] : []));
    expect(refused).toEqual(isKept ? [] : [["creditsUsed", "videos"], ["externalRequestId"], ["slotError"]]);
    const refusals = events.flatMap((event) => (event.type === "backend-refused" ? [event] : []));
    // The note of a job's id has no key, so its refusal names no generation.
    const [begun] = engine.list().slice(-1);
    expect(refusals.map(({ call, id }) => [call, id])).toEqual(
      isKept
        ? []
        : [
            ["recordRow", begun?.id],
            ["updateRow", undefined],
            ["closeSlot", begun?.id],
          ],
    );
    const { rows, slots, credits } = await books();
    expect([rows.length, slots.length, credits.reserved]).toEqual([2, 2, 0]);
  });

  test("a failed row is deleted where there is a function for it, and marked where there is none", async () => {
    const deleteFailedRow = api.sessions.deleteGeneration;
    const { routes, open, books } = await openApp(kind, transport, { deleteFailedRow });
    routes.fail();
    expect(await open().generate(REQUEST).outcome).toMatchObject({ status: "failed", settlement: "released" });
    const { rows, openSlots, credits } = await books();
    expect(rows).toMatchObject(isKept ? [] : [{ isLoading: false, error: "No." }]);
    expect([openSlots, credits.reserved]).toEqual([0, 0]);
  });
});

type Client = VideoEngineOptions["convex"];

/** What it begins runs until the call of a function was done, and ends there: its answer never comes. */
async function loseAnswerTo(name: string, convex: Client, begin: (cut: Client) => VideoEngine): Promise<void> {
  await new Promise<void>((resolve) => {
    const mutation: Client["mutation"] = async (reference, ...args) => {
      const answer = await convex.mutation(reference, ...args);
      if (!getFunctionName(reference).endsWith(`:${name}`)) return answer;
      begun.dispose();
      resolve();
      return await new Promise(() => undefined);
    };
    const begun = begin({ mutation, query: async (...asked) => await convex.query?.(...asked) });
  });
}

describe.each(["HTTP", "a socket"] as const)("an app that is updated while a row is recorded, over %s", (transport) => {
  test.each([
    ["sends fewer fields with a row", "all", []],
    ["sends more fields with a row", [], "all"],
    ["probes for the fields of a row", "all", "probe"],
  ] as const)("and then %s, finds the row that it has", async (_name, before, after) => {
    const { convex, routes, open, books, typesOf } = await openApp("with-operation-ids", transport);
    await loseAnswerTo("addGenerationToSession", convex, (cut) => {
      const first = open({ fields: before }, cut);
      first.generate(REQUEST);
      return first;
    });
    routes.finish();
    const [resumed] = await open({ fields: after }).resume();
    expect(await resumed?.outcome).toMatchObject({ status: "completed", settlement: "captured" });
    const { rows, credits, openSlots } = await books();
    expect(rows).toMatchObject([{ isLoading: false, videos: [VIDEO] }]);
    expect([credits, openSlots]).toMatchObject([{ total: 1_000 - CREDITS, reserved: 0 }, 0]);
    expect(typesOf()).not.toContain("backend-refused");
  });

  test.each([
    ["all", []],
    [[], "all"],
  ] as const)("or a slot is closed, asks for what it has asked for: %j, then %j", async (before, after) => {
    const { convex, routes, open, books, events } = await openApp("with-operation-ids", transport);
    routes.fail();
    await loseAnswerTo("updateGenerationStatus", convex, (cut) => {
      const first = open({ fields: before }, cut);
      first.generate(REQUEST);
      return first;
    });
    const [resumed] = await open({ fields: after }).resume();
    expect(await resumed?.outcome).toMatchObject({ status: "failed", settlement: "released" });
    expect(await books()).toMatchObject({ credits: { total: 1_000, reserved: 0 }, openSlots: 0 });
    expect(events.map(({ type }) => type)).not.toContain("backend-refused");
  });
});

describe("a row that the shipped client has left loading", () => {
  const DAY = 24 * 60 * 60_000;

  /** The shipped client's calls until its app was closed; then two days, and the row of another device's video. */
  async function leaveRow() {
    vi.useFakeTimers({ toFake: ["Date"], now: Date.UTC(2026, 0, 1) });
    onTestFinished(() => void vi.useRealTimers());
    const app = await openApp("as-deployed", "HTTP");
    const begin = async (prompt: string): Promise<void> => {
      const slot = await app.reader.mutation(api.asDeployed.generations.acquireGenerationSlot, {
        type: "video",
        prompt,
      });
      if (!slot.ok) throw new Error("There is a free slot.");
      await app.reader.mutation(api.asDeployed.users.reserveCredits, { amount: CREDITS });
      const sessionId = await app.reader.mutation(api.asDeployed.sessions.createSession, {
        title: prompt,
        type: "video",
      });
      await app.reader.mutation(api.asDeployed.sessions.addGenerationToSession, {
        ...{ sessionId, prompt, type: "video", model: REQUEST.model, modelLabel: "Veo 3.1 Fast", aspectRatio: "16:9" },
        ...{ isLoading: true, concurrencySlotId: slot.generationId },
      });
    };
    await begin("old");
    vi.setSystemTime(Date.UTC(2026, 0, 3));
    app.reader.setAuth(tokenFor({ subject: "alice" }));
    await begin("young");
    return app;
  }
  const shown = (rows: readonly { prompt: string; isLoading: boolean }[]) =>
    rows.map(({ prompt, isLoading }) => `${prompt} ${isLoading ? "loading" : "failed"}`);

  test("is left alone unless it is asked for", async () => {
    const { open, books } = await leaveRow();
    expect(await open().resume({ adopt: true })).toEqual([]);
    expect(shown((await books()).rows)).toEqual(["old loading", "young loading"]);
  });

  test("is marked on request, its slot closed, and its credits left as they are; a younger one is not", async () => {
    const { open, books, events } = await leaveRow();
    expect(await open().resume({ adopt: true, failRowsOlderThanMs: DAY })).toEqual([]);
    const { rows, slots, credits } = await books();
    expect(shown(rows)).toEqual(["old failed", "young loading"]);
    expect(slots.map(({ status }) => status)).toEqual(["failed", "generating"]);
    expect(credits.reserved).toBe(2 * CREDITS);
    expect(events).toMatchObject([{ type: "jobless-row-failed", rowId: rows[0]?._id, error: undefined }]);
  });
});
