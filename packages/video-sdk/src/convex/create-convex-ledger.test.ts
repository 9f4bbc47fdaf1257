// The app's functions as a ledger: what is sent is exactly what the shipped clients send, and what comes back is read per function.
import { getFunctionName } from "convex/server";
import { describe, expect, test, vi } from "vitest";
import type { VideoLedger } from "../ports.ts";
import { createTestClock } from "../testing/test-clock.ts";
import type { ConvexClientLike } from "./convex-client-like.ts";
import { createConvexLedger } from "./create-convex-ledger.ts";
import { generatedApi, openLedger, plainRow, rowOf } from "./__fixtures__/ledger-world.ts";

/** A call of the port, what it becomes, and what is beside that where the backend takes every field. */
type Call = readonly [
  what: string,
  call: (ledger: VideoLedger) => Promise<unknown>,
  sent: {
    readonly name: string;
    readonly args: Record<string, unknown>;
    readonly optional?: Record<string, unknown>;
  },
];

const CALLS: readonly Call[] = [
  [
    "acquireSlot",
    (ledger) => ledger.acquireSlot({ prompt: "a corgi", key: "key-1" }),
    { name: "generations:acquireGenerationSlot", args: { type: "video", prompt: "a corgi" } },
  ],
  [
    "closeSlot, completed",
    (ledger) =>
      ledger.closeSlot({
        slotId: "slot-1",
        result: { status: "completed", videoUrl: "https://videos.test/a.mp4" },
        key: "key-1",
      }),
    {
      name: "generations:updateGenerationStatus",
      args: { generationId: "slot-1", status: "completed", videoUrl: "https://videos.test/a.mp4" },
    },
  ],
  [
    "closeSlot, failed",
    (ledger) => ledger.closeSlot({ slotId: "slot-1", result: { status: "failed", error: "Canceled." }, key: "key-1" }),
    {
      name: "generations:updateGenerationStatus",
      args: { generationId: "slot-1", status: "failed" },
      optional: { error: "Canceled." },
    },
  ],
  [
    "reserveCredits",
    (ledger) => ledger.reserveCredits({ credits: 208, key: "key-1" }),
    { name: "users:reserveCredits", args: { amount: 208 } },
  ],
  [
    "captureCredits",
    (ledger) => ledger.captureCredits({ credits: 208, key: "key-1" }),
    { name: "users:captureReservedCredits", args: { amount: 208 } },
  ],
  [
    "releaseCredits",
    (ledger) => ledger.releaseCredits({ credits: 208, key: "key-1" }),
    { name: "users:releaseReservedCredits", args: { amount: 208 } },
  ],
  [
    "createSession",
    (ledger) => ledger.createSession({ title: "a corgi", key: "key-1" }),
    { name: "sessions:createSession", args: { title: "a corgi", type: "video" } },
  ],
  [
    "recordRow",
    (ledger) => ledger.recordRow({ ...plainRow, key: "key-1" }),
    {
      name: "sessions:addGenerationToSession",
      args: {
        sessionId: "session-1",
        type: "video",
        prompt: "a corgi",
        model: "vid-veo-3.1-fast",
        modelLabel: "Veo 3.1 Fast",
        aspectRatio: "16:9",
        isLoading: true,
        concurrencySlotId: "slot-1",
      },
      optional: { videos: [], creditsUsed: 208 },
    },
  ],
  [
    "updateRow, finished",
    (ledger) =>
      ledger.updateRow({
        rowId: "row-1",
        change: { kind: "finished", videos: ["https://videos.test/a.mp4"], completedAt: 7 },
        key: "key-1",
      }),
    {
      name: "sessions:updateGeneration",
      args: { generationId: "row-1", isLoading: false, videos: ["https://videos.test/a.mp4"], completedAt: 7 },
    },
  ],
  [
    "updateRow, failed",
    (ledger) =>
      ledger.updateRow({
        rowId: "row-1",
        change: { kind: "failed", message: "It failed.", completedAt: 7 },
        key: "key-1",
      }),
    {
      name: "sessions:updateGeneration",
      args: { generationId: "row-1", isLoading: false, error: "It failed." },
    },
  ],
];

const attach = (ledger: VideoLedger) =>
  ledger.updateRow({ rowId: "row-1", change: { kind: "attached", requestId: "job-1" } });
const attached = { generationId: "row-1", isLoading: true, externalRequestId: "job-1" };

describe.each(CALLS)("%s", (_, call, { name, args, optional }) => {
  test("sends the deployed function exactly what the shipped clients send, once", async () => {
    const { ledger, sent } = openLedger(() => "id-1");
    expect(await call(ledger)).toMatchObject({ ok: true });
    expect(sent()).toEqual([{ name, args }]);
  });

  test("sends beside it what the owner knows the functions to take", async () => {
    const { ledger, sent } = openLedger(() => "id-1", { fields: "all" });
    expect(await call(ledger)).toMatchObject({ ok: true });
    expect(sent()).toEqual([{ name, args: { ...args, ...optional } }]);
  });

  test("sends an exactly-once function its operationId beside them", async () => {
    const { ledger, sent } = openLedger(() => "id-1", { takesOperationIds: true });
    await call(ledger);
    expect(sent()).toEqual([{ name, args: { ...args, operationId: "key-1" } }]);
  });

  test("calls the app's own generated reference", async () => {
    const { ledger, mutation } = openLedger(() => "id-1", { functions: generatedApi });
    await call(ledger);
    expect(Object.values(generatedApi).flatMap((module) => Object.values(module))).toContain(
      mutation.mock.calls[0]?.[0],
    );
    expect(mutation.mock.calls.map(([reference]) => getFunctionName(reference))).toEqual([name]);
  });
});

describe("a row", () => {
  const image = "https://images.test/a.png";
  const frame = "https://images.test/b.png";

  test("learns its job's id without a key, also on an exactly-once backend", async () => {
    for (const takesOperationIds of [false, true]) {
      const { ledger, sent } = openLedger(() => null, { takesOperationIds, fields: ["externalRequestId"] });
      expect(await attach(ledger)).toEqual({ ok: true, value: undefined });
      expect(sent()).toEqual([{ name: "sessions:updateGeneration", args: attached }]);
    }
  });

  test("is not told its job's id where it keeps none", async () => {
    const { ledger, sent } = openLedger(() => null, { fields: ["creditsUsed"] });
    expect(await attach(ledger)).toEqual({ ok: true, value: undefined });
    expect(sent()).toEqual([]);
  });

  test("shows the attached image as its source, else the first frame", async () => {
    const { ledger, sent } = openLedger(() => "row-1", { fields: ["sourceImage"] });
    const withFrame = rowOf({
      model: "veo3.1-transition",
      prompt: "x",
      startFrameImageUrl: frame,
      endFrameImageUrl: frame,
    });
    const withBoth = { ...withFrame, request: { ...withFrame.request, attachmentImageUrl: image } };
    await ledger.recordRow({ ...withFrame, key: "key-1" });
    await ledger.recordRow({ ...withBoth, key: "key-2" });
    expect(sent().map(({ args }) => args["sourceImage"])).toEqual([frame, image]);
  });

  test("says that the watermark goes only where it does", async () => {
    const { ledger, sent } = openLedger(() => "row-1", { fields: ["removeWatermark"] });
    await ledger.recordRow({ ...plainRow, request: { ...plainRow.request, removeWatermark: true }, key: "key-1" });
    await ledger.recordRow({ ...plainRow, key: "key-2" });
    expect(sent()[0]?.args).toMatchObject({ removeWatermark: true });
    expect(sent()[1]?.args).not.toHaveProperty("removeWatermark");
  });

  test("never carries the field that makes the backend poll by itself", async () => {
    const { ledger, sent } = openLedger(() => "row-1", { takesOperationIds: true, fields: "all" });
    await ledger.recordRow({ ...plainRow, key: "key-1" });
    await attach(ledger);
    for (const { args } of sent()) expect(args).not.toHaveProperty("providerEndpoint");
  });

  test("holds its videos as objects where the owner chose so", async () => {
    const { ledger, sent } = openLedger(() => null, { videosAs: "objects" });
    const videos = ["https://videos.test/a.mp4", "https://videos.test/b.mp4"];
    await ledger.updateRow({ rowId: "row-1", change: { kind: "finished", videos, completedAt: 7 } });
    expect(sent()[0]?.args).toEqual({
      generationId: "row-1",
      isLoading: false,
      completedAt: 7,
      videos: [{ url: "https://videos.test/a.mp4" }, { url: "https://videos.test/b.mp4" }],
    });
  });
});

describe("what an answer means", () => {
  test("is read per function", async () => {
    expect(
      await openLedger(() => ({ ok: true, generationId: "slot-1" })).ledger.acquireSlot({ prompt: "x", key: "k" }),
    ).toEqual({ ok: true, value: "slot-1" });
    expect(
      await openLedger(() => ({ ok: false, reason: "limit_reached", limit: 1, active: 1 })).ledger.acquireSlot({
        prompt: "x",
        key: "k",
      }),
    ).toMatchObject({
      error: { code: "slot-limit-reached" },
    });
    expect(await openLedger(() => ({ success: false })).ledger.reserveCredits({ credits: 5, key: "k" })).toMatchObject({
      error: { code: "insufficient-credits" },
    });
    expect(await openLedger(() => ({ sessionId: "session-1" })).ledger.createSession({ title: "x", key: "k" })).toEqual(
      {
        ok: true,
        value: "session-1",
      },
    );
    expect(await openLedger(() => null).ledger.createSession({ title: "x", key: "k" })).toMatchObject({
      error: { message: "createSession answered without an id." },
    });
    expect(await openLedger(() => null).ledger.recordRow({ ...plainRow, key: "k" })).toMatchObject({
      error: { message: "addGenerationToSession answered without an id." },
    });
  });

  test("of capture and release is the other one's decision, where a key was decided before", async () => {
    const { ledger } = openLedger(() => ({ decided: "released" }), { takesOperationIds: true });
    expect(await ledger.captureCredits({ credits: 5, key: "k" })).toMatchObject({
      ok: false,
      certainty: "not-done",
      error: { code: "settlement-failed" },
    });
    expect(await ledger.releaseCredits({ credits: 5, key: "k" })).toEqual({ ok: true, value: undefined });
  });

  test("of what needs no answer does not matter", async () => {
    for (const answer of [null, undefined, false, { success: false }, "x"]) {
      expect(
        await openLedger(() => answer).ledger.closeSlot({
          slotId: "s",
          result: { status: "failed", error: "x" },
          key: "k",
        }),
      ).toEqual({ ok: true, value: undefined });
    }
  });

  test("the guarantee is exactly-once only where the owner said so", () => {
    expect(openLedger(() => null).ledger.guarantee).toBe("at-most-once");
    expect(openLedger(() => null, { takesOperationIds: true }).ledger.guarantee).toBe("exactly-once");
  });
});

describe("a video for a row that the backend refuses", () => {
  const finished = { kind: "finished", videos: ["https://videos.test/a.mp4"], completedAt: 0 } as const;
  const save = async (
    refusal: Error,
    rows: unknown,
    sessionId?: string,
    sessions: unknown = [{ _id: "session-1" }],
  ) => {
    const query = vi.fn<NonNullable<ConvexClientLike["query"]>>(async (reference) =>
      getFunctionName(reference).endsWith("getUserSessions") ? sessions : await rows,
    );
    const mutation = (): Promise<never> => Promise.reject(refusal);
    const ledger = createConvexLedger({ client: { mutation, query }, clock: createTestClock() });
    const result = await ledger.updateRow({ rowId: "row-1", sessionId, change: finished });
    return { error: result.ok ? undefined : result.error.code, asked: query.mock.calls.length };
  };
  // What a production deployment says of every refusal.
  const hidden = new Error("[Request ID: 1] Server Error");

  test("is not-found where its session has other rows only", async () => {
    expect(await save(hidden, [{ _id: "row-2" }], "session-1")).toEqual({ error: "not-found", asked: 2 });
    expect(await save(hidden, [], "session-1")).toEqual({ error: "not-found", asked: 2 });
  });

  test("is a refusal where the row is there, or the session cannot be read", async () => {
    expect(await save(hidden, [{ _id: "row-1" }], "session-1")).toMatchObject({ error: "settlement-failed" });
    for (const rows of [null, undefined, {}, "rows", [null], [{ name: "row-2" }], Promise.reject(hidden)]) {
      expect(await save(hidden, rows, "session-1")).toMatchObject({ error: "settlement-failed" });
    }
  });

  test("is a refusal where the session is none of this user's: another user, or none, sees no rows either", async () => {
    for (const sessions of [[], null, [{ _id: "session-2" }], Promise.reject(hidden)]) {
      expect(await save(hidden, [], "session-1", sessions)).toMatchObject({ error: "settlement-failed" });
    }
  });

  test("is not looked up without its session, and after no answer at all", async () => {
    expect(await save(hidden, [])).toEqual({ error: "settlement-failed", asked: 0 });
    expect(await save(new TypeError("fetch failed"), [], "session-1")).toEqual({ error: "unreachable", asked: 0 });
  });
});
