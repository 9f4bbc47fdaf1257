// Fields that the backend may not take. A call that throws with them is tried once without; after any other end, never.
import { makeFunctionReference } from "convex/server";
import { ConvexError } from "convex/values";
import { describe, expect, test } from "vitest";
import type { VideoLedger } from "../ports.ts";
import type { BackendRefusal } from "./call-function.ts";
import type { ConvexLedgerOptions } from "./create-convex-ledger.ts";
import { BACKEND_FIELDS, type RefusedFields } from "./optional-fields.ts";
import { NEVER, openLedger, plainRow } from "./__fixtures__/ledger-world.ts";

/** What a production deployment says of every throw. */
const hidden = () => new Error("[Request ID: 1a2b3c4d] Server Error");
const lost = () => new TypeError("fetch failed");

type Args = Readonly<Record<string, unknown>>;

/** A ledger over functions that decide by the arguments that they are given. */
function open(decide: (args: Args) => unknown, options: Partial<ConvexLedgerOptions> & { isSocket?: boolean } = {}) {
  const [refused, refusals]: [RefusedFields[], BackendRefusal[]] = [[], []];
  const world = openLedger(() => decide(world.sent().at(-1)?.args ?? {}), {
    fields: "probe",
    onFieldsRefused: (fields) => void refused.push(fields),
    onRefused: (refusal) => void refusals.push(refusal),
    ...options,
  });
  const args = () => world.sent().map((call) => call.args);
  return { ...world, args, refused, refusals };
}

const has =
  (...fields: readonly string[]) =>
  (args: Args) =>
    fields.some((field) => Object.hasOwn(args, field));
const throwWith = (error: unknown) => {
  throw error;
};

interface ProbedCall {
  readonly call: RefusedFields["call"];
  readonly fields: RefusedFields["fields"];
  readonly isWithThem: (args: Args) => boolean;
  make(ledger: VideoLedger, key?: string): Promise<unknown>;
}

const PROBED: readonly ProbedCall[] = [
  {
    call: "recordRow",
    fields: ["creditsUsed", "videos"],
    isWithThem: has("creditsUsed", "videos"),
    make: (ledger, key = "key-1") => ledger.recordRow({ ...plainRow, key }),
  },
  {
    call: "closeSlot",
    fields: ["slotError"],
    isWithThem: has("error"),
    make: (ledger, key = "key-1") => ledger.closeSlot({ slotId: "s", result: { status: "failed", error: "e" }, key }),
  },
  {
    call: "updateRow",
    fields: ["externalRequestId"],
    isWithThem: has("externalRequestId"),
    make: (ledger) => ledger.updateRow({ rowId: "r", change: { kind: "attached", requestId: "job-1" } }),
  },
];

describe.each(PROBED)("a probe of $call", ({ call, fields, isWithThem, make }) => {
  describe.each([
    ["over HTTP", false],
    ["over a socket", true],
  ])("%s", (_, isSocket) => {
    test("goes on with the fields where they are taken", async () => {
      const { ledger, args, refused } = open(() => "id-1", { isSocket });
      expect(await make(ledger)).toMatchObject({ ok: true });
      expect(await make(ledger, "key-2")).toMatchObject({ ok: true });
      expect(args().map(isWithThem)).toEqual([true, true]);
      expect(refused).toEqual([]);
    });

    test.each([
      ["a throw without a text", hidden],
      ["a throw with one", () => new Error("Uncaught Error: Object contains extra field")],
      ["the data of a validator", () => new ConvexError({ ZodError: [{ code: "unrecognized_keys" }] })],
    ])("is tried without them after %s, and they stay off", async (_what, error) => {
      const { ledger, args, refused, refusals } = open((given) => (isWithThem(given) ? throwWith(error()) : "id-1"), {
        isSocket,
      });
      expect(await make(ledger)).toMatchObject({ ok: true });
      expect(args().map(isWithThem)).toEqual([true, false]);
      expect(refused).toEqual([{ call, fields }]);
      expect(refusals).toMatchObject([{ call }]);
      expect(await make(ledger, "key-2")).toMatchObject({ ok: true });
      expect(args().slice(2).some(isWithThem)).toBe(false);
      expect(refused).toHaveLength(1);
    });

    test("decides nothing where the call is refused without them, too", async () => {
      const { ledger, args, refused } = open(() => throwWith(hidden()), { isSocket });
      expect(await make(ledger)).toMatchObject({ ok: false, certainty: "not-done" });
      expect(await make(ledger, "key-2")).toMatchObject({ ok: false, certainty: "not-done" });
      expect(args().map(isWithThem)).toEqual([true, false, true, false]);
      expect(refused).toEqual([]);
    });
  });

  test.each([
    ["no answer", lost, "unknown"],
    ["a conflict", () => new Error(JSON.stringify({ code: "OptimisticConcurrencyControlFailure" })), "not-done"],
    ["an overload", () => new Error(JSON.stringify({ code: "WorkerOverloaded" })), "not-done"],
    ["a token that has expired", () => new Error(JSON.stringify({ code: "Unauthenticated" })), "not-done"],
    ["a user who is not signed in", () => new ConvexError({ code: "unauthenticated" }), "not-done"],
    ["a row that is not there", () => new ConvexError({ code: "not_found" }), "not-done"],
  ])("is not tried without them after %s", async (_what, error, certainty) => {
    const { ledger, args, refused } = open(() => throwWith(error()));
    expect(await make(ledger)).toMatchObject({ ok: false, certainty });
    expect(args().map(isWithThem)).toEqual([true]);
    expect(refused).toEqual([]);
  });

  test("is unknown where the call without them is, and nothing is decided", async () => {
    const { ledger, refused } = open((given) => throwWith(isWithThem(given) ? hidden() : lost()));
    expect(await make(ledger)).toMatchObject({ ok: false, certainty: "unknown" });
    expect(refused).toEqual([]);
  });

  test("says so once, of two at the same time", async () => {
    const { ledger, refused } = open((given) => (isWithThem(given) ? throwWith(hidden()) : "id-1"));
    await Promise.all([make(ledger, "key-1"), make(ledger, "key-2")]);
    expect(refused).toEqual([{ call, fields }]);
  });
});

describe("under operation ids", () => {
  /** Keeps its first answer to each id, a throw too, and refuses the same id with other arguments. */
  const keyed = (
    isTaken: (args: Args) => boolean,
    answers = new Map<unknown, { said: string; isTaken: boolean }>(),
  ) => ({
    answers,
    decide: ({ operationId, ...args }: Args): unknown => {
      const first = answers.get(operationId) ?? { said: JSON.stringify(args), isTaken: isTaken(args) };
      answers.set(operationId, first);
      if (first.said !== JSON.stringify(args) || !first.isTaken) throw hidden();
      return `row-of-${String(operationId)}`;
    },
  });
  const isPlain = (args: Args) => !has("creditsUsed", "videos")(args);

  test("the call without the fields has a key of its own, so that the first refusal does not answer it", async () => {
    const { ledger, args } = open(keyed(isPlain).decide, { takesOperationIds: true });
    const result = await ledger.recordRow({ ...plainRow, key: "key-1" });
    expect(result).toEqual({ ok: true, value: "row-of-key-1:plain" });
    expect(args().map(({ operationId }) => operationId)).toEqual(["key-1", "key-1:plain"]);
  });

  test("asked again by the next start of the app, it finds the row that the last one made", async () => {
    const { decide, answers } = keyed(isPlain);
    const first = open(decide, { takesOperationIds: true });
    await first.ledger.recordRow({ ...plainRow, key: "key-1" });
    const second = open(decide, { takesOperationIds: true });
    expect(await second.ledger.recordRow({ ...plainRow, key: "key-1" })).toEqual({
      ok: true,
      value: "row-of-key-1:plain",
    });
    expect([...answers.keys()]).toEqual(["key-1", "key-1:plain"]);
  });

  test("a call without an answer is asked for again as it was, although the fields are off by then", async () => {
    let isLost = true;
    const { decide } = keyed(() => true);
    const world = open(
      (args) => {
        if (args["operationId"] === "key-1" && isLost) return (decide(args), throwWith(lost()));
        // Refuses the fields of another generation, for a reason of its own.
        return args["operationId"] === "key-2" ? throwWith(hidden()) : decide(args);
      },
      { takesOperationIds: true },
    );
    expect(await world.ledger.recordRow({ ...plainRow, key: "key-1" })).toMatchObject({ certainty: "unknown" });
    await world.ledger.recordRow({ ...plainRow, key: "key-2" });
    expect(world.refused).toHaveLength(1);
    isLost = false;
    expect(await world.ledger.recordRow({ ...plainRow, key: "key-1" })).toEqual({ ok: true, value: "row-of-key-1" });
    expect(world.args().map(({ operationId }) => operationId)).toEqual(["key-1", "key-2", "key-2:plain", "key-1"]);
  });

  test("nor is it sent without them after an overload, which proves nothing about the attempt before", async () => {
    const { decide, answers } = keyed(() => true);
    const overload = () => new Error(JSON.stringify({ code: "WorkerOverloaded" }));
    const ends = [lost, overload];
    const world = open(
      (args) => {
        if (args["operationId"] === "key-2") return throwWith(hidden());
        if (args["operationId"] !== "key-1" || ends.length === 0) return decide(args);
        if (ends.length === 2) decide(args);
        return throwWith(ends.shift()?.());
      },
      { takesOperationIds: true },
    );
    const record = async (key: string) => await world.ledger.recordRow({ ...plainRow, key });
    await record("key-1");
    await record("key-2");
    expect(world.refused).toHaveLength(1);
    expect(await record("key-1")).toMatchObject({ ok: false, certainty: "not-done" });
    expect(await record("key-1")).toEqual({ ok: true, value: "row-of-key-1" });
    expect([...answers.keys()]).toEqual(["key-1", "key-2:plain"]);
  });

  test("a call that was sent without its fields and got no answer is asked for again without them, so that no second row is made", async () => {
    let isDown = true;
    const { decide, answers } = keyed(() => true);
    const world = open(
      (args) => {
        // Refuses everything for a reason that passes, and then loses the answer.
        if (isDown && args["operationId"] === "key-1") return throwWith(hidden());
        return isDown ? (decide(args), throwWith(lost())) : decide(args);
      },
      { takesOperationIds: true },
    );
    expect(await world.ledger.recordRow({ ...plainRow, key: "key-1" })).toMatchObject({ certainty: "unknown" });
    isDown = false;
    const again = await world.ledger.recordRow({ ...plainRow, key: "key-1" });
    expect(again).toEqual({ ok: true, value: "row-of-key-1:plain" });
    expect([...answers.keys()]).toEqual(["key-1:plain"]);
    // Nothing was learned about the fields.
    expect(world.refused).toEqual([]);
    expect(await world.ledger.recordRow({ ...plainRow, key: "key-2" })).toEqual({ ok: true, value: "row-of-key-2" });
  });
});

test("a call that hangs is not tried without its fields", async () => {
  const { ledger, clock, args } = open(() => NEVER);
  const result = ledger.recordRow({ ...plainRow, key: "key-1" });
  await clock.advance(60_000);
  expect(await result).toMatchObject({ ok: false, certainty: "unknown" });
  expect(args()).toHaveLength(1);
});

test("a probe leaves alone what is in no call, and a list is sent whatever is refused", async () => {
  const row = { ...plainRow, request: { ...plainRow.request, removeWatermark: true }, key: "key-1" };
  const probe = open(() => "id-1");
  await probe.ledger.recordRow(row);
  expect(probe.args()[0]).not.toHaveProperty("removeWatermark");
  const listed = open(() => throwWith(hidden()), { fields: ["removeWatermark"] });
  expect(await listed.ledger.recordRow(row)).toMatchObject({ ok: false, certainty: "not-done" });
  expect(listed.args()).toEqual([expect.objectContaining({ removeWatermark: true })]);
  expect(BACKEND_FIELDS).toHaveLength(7);
});

describe("a row whose credits were released", () => {
  const refund = (ledger: VideoLedger, mayDelete = true) =>
    ledger.updateRow({ rowId: "row-1", key: "generation-1:row-refunded", change: { kind: "refunded", mayDelete } });
  const deleteFailedRow = makeFunctionReference<"mutation">("sessions:deleteGeneration");

  test.each([["all"], [["refunded"]]] as const)(
    "says so by a call of its own where %s names the field",
    async (fields) => {
      const { ledger, args } = open(() => null, { fields, takesOperationIds: true });
      expect(ledger.showsRefunds).toBe(true);
      expect(await refund(ledger)).toEqual({ ok: true, value: undefined });
      const operationId = "generation-1:row-refunded";
      expect(args()).toEqual([{ generationId: "row-1", isLoading: false, refunded: true, operationId }]);
    },
  );

  test.each([[[]], ["probe"], [["creditsUsed"]]] as const)(
    "is not written, nor probed, where %s does not",
    async (fields) => {
      const { ledger, args } = open(() => null, { fields });
      expect(ledger.showsRefunds).toBe(false);
      expect(await refund(ledger)).toEqual({ ok: true, value: undefined });
      expect(args()).toEqual([]);
    },
  );

  test("is left alone where it was to be deleted, and says so where it may not be", async () => {
    const { ledger, args } = open(() => null, { fields: "all", deleteFailedRow });
    await refund(ledger);
    expect(args()).toEqual([]);
    await refund(ledger, false);
    expect(args()).toEqual([{ generationId: "row-1", isLoading: false, refunded: true }]);
  });
});
