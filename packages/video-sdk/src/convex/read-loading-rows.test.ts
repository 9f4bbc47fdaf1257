// Rows that are loading and name no job: which they are, and how old they are by the backend's own clock.
import { describe, expect, test } from "vitest";
import { newestTimeOf, readJoblessRows, readLoadingRows } from "./read-loading-rows.ts";

const HOUR = 3_600_000;
const row = { _id: "row-1", isLoading: true, type: "video", _creationTime: HOUR, createdAt: HOUR };
const read = (...rows: readonly unknown[]) => readJoblessRows(rows, { sessionId: "session-1", newestTime: 3 * HOUR });

test("a loading row without a job is as old as the newest document says at least", () => {
  expect(read({ ...row, concurrencySlotId: "slot-1" })).toEqual([
    { rowId: "row-1", sessionId: "session-1", slotId: "slot-1", createdAt: HOUR, leastAgeMs: 2 * HOUR },
  ]);
});

test.each([
  ["knows its job", { externalRequestId: "job-1" }],
  ["has ended", { isLoading: false }],
  ["says not whether it is loading", { isLoading: undefined }],
  ["is no video", { type: "image" }],
  ["has no id", { _id: 5 }],
  ["has no time", { createdAt: "yesterday", _creationTime: undefined }],
])("one that %s is none", (_, fields) => {
  expect(read({ ...row, ...fields })).toEqual([]);
});

test.each([null, undefined, "rows", {}, [null, 5, "row"]])("%o has none", (answer) => {
  expect(readJoblessRows(answer, { sessionId: "session-1", newestTime: HOUR })).toEqual([]);
});

describe("the age", () => {
  test("is counted by Convex's own time, whatever the function wrote", () => {
    expect(read({ ...row, createdAt: 0 })).toMatchObject([{ createdAt: 0, leastAgeMs: 2 * HOUR }]);
    expect(read({ ...row, createdAt: 9 * HOUR })).toMatchObject([{ createdAt: 9 * HOUR, leastAgeMs: 2 * HOUR }]);
  });

  test("by what the function wrote where there is no other", () => {
    expect(read({ ...row, _creationTime: undefined })).toMatchObject([{ leastAgeMs: 2 * HOUR }]);
  });

  test("cannot be told of the newest document", () => {
    expect(newestTimeOf([[row], [{ ...row, _creationTime: 2 * HOUR }], null])).toBe(2 * HOUR);
    expect(readJoblessRows([row], { sessionId: "s", newestTime: newestTimeOf([[row]]) })).toMatchObject([
      { leastAgeMs: 0 },
    ]);
    expect(newestTimeOf([])).toBe(-Infinity);
  });
});

test("numbers of a backend that counts in v.int64() are read as the others are", () => {
  const counted = { ...row, createdAt: BigInt(HOUR), creditsUsed: 208n, externalRequestId: "job-1" };
  expect(readLoadingRows([counted], "session-1")).toMatchObject([{ credits: 208, createdAt: HOUR }]);
  expect(newestTimeOf([[{ ...row, _creationTime: undefined, createdAt: BigInt(2 * HOUR) }]])).toBe(2 * HOUR);
});
