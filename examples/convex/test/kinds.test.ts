// The three kinds of backend over HTTP, as in production: what the shipped client sends passes on each, and what is more only where it is taken.
import { ConvexHttpClient } from "convex/browser";
import { makeFunctionReference } from "convex/server";
import type { Value } from "convex/values";
import { describe, expect, onTestFinished, test } from "vitest";
import { api } from "../convex/_generated/api.js";
import { BACKEND_KINDS, spawnEmbeddedBackend, type BackendKind } from "../server/index.ts";
import { openBackend, openHttpClient } from "./support/backend.ts";

const videoUrl = "https://cdn.example/v.mp4";

async function open(kind: BackendKind) {
  const client = await openHttpClient(await openBackend({ kind, isProduction: true }));
  const call = async (name: string, args: Record<string, Value>): Promise<unknown> =>
    await client.mutation(makeFunctionReference<"mutation">(name), args);
  return { call, books: () => client.query(api.extras.books, {}) };
}

type Call = Awaited<ReturnType<typeof open>>["call"];

/** Exactly the shipped client's calls until its job is sent. */
async function begin(call: Call) {
  const slot = (await call("generations:acquireGenerationSlot", { type: "video", prompt: "a corgi" })) as {
    generationId: string;
  };
  await call("users:reserveCredits", { amount: 40 });
  const sessionId = (await call("sessions:createSession", { title: "a corgi", type: "video" })) as string;
  const row = {
    sessionId,
    prompt: "a corgi",
    type: "video",
    model: "vid-veo-3.1",
    modelLabel: "Veo 3.1",
    aspectRatio: "16:9",
    isLoading: true,
    concurrencySlotId: slot.generationId,
  };
  const rowId = (await call("sessions:addGenerationToSession", row)) as string;
  return { slotId: slot.generationId, row, rowId };
}

describe.each(BACKEND_KINDS)("the shipped client's own calls on the backend %s", (kind) => {
  test("save a video and capture", async () => {
    const { call, books } = await open(kind);
    const { slotId, rowId } = await begin(call);
    const saved = { isLoading: false, videos: [videoUrl], previewImage: videoUrl, completedAt: 1 };
    await call("sessions:updateGeneration", { generationId: rowId, ...saved });
    await call("generations:updateGenerationStatus", { generationId: slotId, status: "completed", videoUrl });
    await call("users:captureReservedCredits", { amount: 40 });
    expect(await books()).toMatchObject({
      credits: { total: 60, reserved: 0 },
      openSlots: 0,
      rows: [{ ...saved, generationStatus: "completed" }],
    });
  });

  test("mark a failure and release", async () => {
    const { call, books } = await open(kind);
    const { slotId, rowId } = await begin(call);
    await call("sessions:updateGeneration", { generationId: rowId, isLoading: false, error: "It failed." });
    await call("generations:updateGenerationStatus", { generationId: slotId, status: "failed" });
    await call("users:releaseReservedCredits", { amount: 40 });
    expect(await books()).toMatchObject({
      credits: { total: 100, reserved: 0 },
      openSlots: 0,
      rows: [{ isLoading: false, error: "It failed.", generationStatus: "failed" }],
    });
  });
});

/** What the plan adds to the shipped client's calls, by itself. */
const ADDITIONS: Readonly<
  Record<string, (begun: Awaited<ReturnType<typeof begin>>) => [string, Record<string, Value>]>
> = {
  "videos of a new row": ({ row }) => ["sessions:addGenerationToSession", { ...row, videos: [] }],
  creditsUsed: ({ row }) => ["sessions:addGenerationToSession", { ...row, creditsUsed: 40 }],
  sourceImage: ({ row }) => ["sessions:addGenerationToSession", { ...row, sourceImage: videoUrl }],
  removeWatermark: ({ row }) => ["sessions:addGenerationToSession", { ...row, removeWatermark: true }],
  "externalRequestId of a new row": ({ row }) => [
    "sessions:addGenerationToSession",
    { ...row, externalRequestId: "job-1" },
  ],
  externalRequestId: ({ rowId }) => [
    "sessions:updateGeneration",
    { generationId: rowId, isLoading: true, externalRequestId: "job-1" },
  ],
  refunded: ({ rowId }) => ["sessions:updateGeneration", { generationId: rowId, isLoading: false, refunded: true }],
  "a slot's error": ({ slotId }) => [
    "generations:updateGenerationStatus",
    { generationId: slotId, status: "failed", error: "It failed." },
  ],
  "a session without a title": () => ["sessions:createSession", { type: "video" }],
  forceNew: () => ["sessions:createSession", { type: "video", title: "a corgi", forceNew: true }],
  deleteGeneration: ({ rowId }) => ["sessions:deleteGeneration", { generationId: rowId }],
};

describe.each(Object.keys(ADDITIONS))("%s", (name) => {
  const addition = async (kind: BackendKind, more: Record<string, Value> = {}) => {
    const { call } = await open(kind);
    const [path, args] = ADDITIONS[name]?.(await begin(call)) ?? ["", {}];
    return await call(path, { ...args, ...more });
  };

  test("is refused as deployed, and nobody is told why", async () => {
    const refused = addition("as-deployed");
    await expect(refused).rejects.toThrow(/^\[Request ID: [0-9a-f]{16}\] Server Error$/);
  });

  test("is taken as planned, and with an operation id where those are taken", async () => {
    await addition("as-planned");
    await addition("with-operation-ids", { operationId: "operation-1" });
    await expect(addition("as-planned", { operationId: "operation-1" })).rejects.toThrow(/Server Error$/);
  });
});

test("the data of a ConvexError is told in production, too", async () => {
  const { url } = await openBackend({ isProduction: true });
  const client = new ConvexHttpClient(url, { logger: false });
  const call = client.query(api.users.getUserCreditsBreakdown, {});
  await expect(call).rejects.toMatchObject({ data: { code: "unauthenticated" } });
  await expect(call).rejects.toThrow(/Server Error$/);
});

test("a backend in its own process is of the kind, and as silent, as it was asked to be", async () => {
  const backend = await spawnEmbeddedBackend({ kind: "as-deployed", isProduction: true });
  onTestFinished(() => backend.stop());
  const client = await openHttpClient(backend);
  const call = client.mutation(api.sessions.createSession, { type: "video", title: "a corgi", forceNew: true });
  await expect(call).rejects.toThrow(/^\[Request ID: [0-9a-f]{16}\] Server Error$/);
});
