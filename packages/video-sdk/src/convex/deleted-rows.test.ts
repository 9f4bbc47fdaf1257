// A failed row where the app has a function that deletes rows.
import { makeFunctionReference } from "convex/server";
import { ConvexError } from "convex/values";
import { describe, expect, test } from "vitest";
import type { RowChange } from "../ports.ts";
import type { ConvexLedgerOptions } from "./create-convex-ledger.ts";
import { openLedger } from "./__fixtures__/ledger-world.ts";

const DELETE = "sessions:deleteGeneration";
const UPDATE = "sessions:updateGeneration";
const deleteFailedRow = makeFunctionReference<"mutation">(DELETE);
const failed = { kind: "failed", message: "It failed.", completedAt: 7 } as const;

const open = (answer: (name: string) => unknown, options: Partial<ConvexLedgerOptions> = {}) => {
  const world = openLedger(() => answer(world.sent().at(-1)?.name ?? ""), { deleteFailedRow, ...options });
  const names = () => world.sent().map(({ name }) => name);
  const change = (wanted: RowChange) => world.ledger.updateRow({ rowId: "row-1", key: "key-1", change: wanted });
  return { ...world, names, change };
};
const throwWith = (error: unknown) => {
  throw error;
};
const hidden = () => new Error("[Request ID: 1a2b3c4d] Server Error");

test("is deleted where no video can come any more, with nothing but its id", async () => {
  const { change, sent } = open(() => null);
  expect(await change({ ...failed, mayDelete: true })).toEqual({ ok: true, value: undefined });
  expect(sent()).toEqual([{ name: DELETE, args: { generationId: "row-1" } }]);
});

test("is marked where one may, and where there is no such function", async () => {
  for (const [change, options] of [
    [failed, {}],
    [{ ...failed, mayDelete: true }, { deleteFailedRow: undefined }],
  ] as const) {
    const world = open(() => null, options);
    expect(await world.change(change)).toMatchObject({ ok: true });
    expect(world.sent()).toEqual([
      { name: UPDATE, args: { generationId: "row-1", isLoading: false, error: "It failed." } },
    ]);
  }
});

test("any other change is written as always", async () => {
  const { change, names } = open(() => null, { fields: "all" });
  await change({ kind: "finished", videos: ["https://videos.test/a.mp4"], completedAt: 7 });
  await change({ kind: "attached", requestId: "job-1" });
  expect(names()).toEqual([UPDATE, UPDATE]);
});

describe("a deletion", () => {
  test.each([
    ["throws", () => throwWith(hidden())],
    ["answers no", () => ({ success: false, message: "Not yours." })],
  ])("that %s is followed by the mark, under a key of its own", async (_, refuse) => {
    const { change, sent } = open((name) => (name === DELETE ? refuse() : null), { takesOperationIds: true });
    expect(await change({ ...failed, mayDelete: true })).toEqual({ ok: true, value: undefined });
    expect(sent().map(({ name, args }) => [name, args["operationId"]])).toEqual([
      [DELETE, "key-1"],
      [UPDATE, "key-1:mark"],
    ]);
  });

  test.each([
    ["gets no answer", new TypeError("fetch failed"), { certainty: "unknown" }],
    ["meets a conflict", new Error(JSON.stringify({ code: "WorkerOverloaded" })), { error: { code: "unreachable" } }],
    ["comes without a user", new ConvexError({ code: "unauthenticated" }), { error: { code: "not-signed-in" } }],
    ["finds no row", new ConvexError({ code: "not_found" }), { error: { code: "not-found" } }],
  ])("that %s is left to the next attempt", async (_, error, result) => {
    const { change, names } = open(() => throwWith(error));
    expect(await change({ ...failed, mayDelete: true })).toMatchObject({ ok: false, ...result });
    expect(names()).toEqual([DELETE]);
  });
});
