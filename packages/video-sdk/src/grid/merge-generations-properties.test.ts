// What holds for any rows and any generations, tried on many made by chance.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { GenerationSnapshot } from "../core/snapshot.ts";
import type { SessionRow } from "../ports.ts";
import { failedWith, rowWith, snapshotWith, START } from "./__fixtures__/rows-and-snapshots.ts";
import { mergeGenerations } from "./merge-generations.ts";

const SEED = { seed: 20_261_122, numRuns: 300 };
const now = START + 900_000;
const maybe = (values: readonly string[]) => fc.constantFrom(undefined, ...values);
const slotIds = ["slot-1", "slot-2", "slot-3"];
const jobIds = ["job-1", "job-2", "job-3"];
const rowIds = ["row-1", "row-2", "row-3", "row-4"];
const createdAt = fc.integer({ min: START, max: START + 10 });

const rows: fc.Arbitrary<readonly SessionRow[]> = fc.uniqueArray(
  fc
    .record({
      id: fc.constantFrom(...rowIds),
      slotId: maybe(slotIds),
      requestId: maybe(jobIds),
      createdAt,
      isLoading: fc.boolean(),
      error: maybe(["It failed."]),
      videos: fc.constantFrom<readonly string[]>([], ["https://videos.test/row.mp4"]),
    })
    .map(rowWith),
  { selector: ({ id }) => id },
);

const endings: readonly Partial<GenerationSnapshot>[] = [
  { status: "running", phase: "polling" },
  { status: "completed", phase: "completed", videos: ["https://videos.test/generation.mp4"] },
  { status: "canceled", phase: "canceled" },
  failedWith("provider-failed"),
];

const snapshots: fc.Arbitrary<readonly GenerationSnapshot[]> = fc.uniqueArray(
  fc
    .record({
      id: fc.constantFrom("g1", "g2", "g3", "g4"),
      rowId: maybe(rowIds),
      slotId: maybe(slotIds),
      requestId: maybe(jobIds),
      createdAt,
      sessionId: maybe(["session-1", "session-2"]),
      ending: fc.constantFrom(...endings),
    })
    .map(({ ending, ...fields }) => snapshotWith({ ...fields, ...ending })),
  { selector: ({ id }) => id },
);

/** Whether a row could be this generation's. */
const isSame = (row: SessionRow, snapshot: GenerationSnapshot): boolean =>
  row.id === snapshot.rowId ||
  (row.slotId !== undefined && row.slotId === snapshot.slotId) ||
  (row.requestId !== undefined && row.requestId === snapshot.requestId);

function always(holds: (known: readonly SessionRow[], here: readonly GenerationSnapshot[]) => void): void {
  fc.assert(fc.property(rows, snapshots, holds), SEED);
}

describe("for any rows and generations", () => {
  test("no row, no generation and no key is shown twice", () => {
    always((known, here) => {
      const tiles = mergeGenerations(known, here, { now });
      for (const ids of [
        tiles.map(({ key }) => key),
        tiles.flatMap(({ rowId }) => (rowId !== undefined && known.some(({ id }) => id === rowId) ? [rowId] : [])),
        tiles.flatMap(({ generationId }) => generationId ?? []),
      ]) {
        expect(new Set(ids).size).toBe(ids.length);
      }
    });
  });

  test("every row is shown, and so is every generation that is no row's", () => {
    always((known, here) => {
      const tiles = mergeGenerations(known, here, { now });
      const shown = new Set(tiles.flatMap(({ rowId, generationId }) => [rowId, generationId]));
      for (const { id } of known) expect(shown.has(id)).toBe(true);
      for (const snapshot of here) {
        expect(shown.has(snapshot.id) || known.some((row) => isSame(row, snapshot))).toBe(true);
      }
    });
  });

  test("a tile joins only what belongs together", () => {
    always((known, here) => {
      for (const { rowId, snapshot } of mergeGenerations(known, here, { now })) {
        const row = known.find(({ id }) => id === rowId);
        if (row !== undefined && snapshot !== undefined) expect(isSame(row, snapshot)).toBe(true);
      }
    });
  });

  test("the newest is first", () => {
    always((known, here) => {
      const times = mergeGenerations(known, here, { now }).map((tile) => tile.createdAt);
      expect(times).toEqual([...times].sort((a, b) => b - a));
    });
  });

  test("nothing known of another session is shown", () => {
    always((known, here) => {
      const tiles = mergeGenerations(known, here, { now, sessionId: "session-1" });
      expect(tiles.filter(({ rowId, snapshot }) => rowId === undefined && snapshot?.sessionId === "session-2")).toEqual(
        [],
      );
    });
  });

  test("a tile has videos exactly when it is completed, and a sentence exactly when it has failed", () => {
    always((known, here) => {
      for (const { status, videos, error } of mergeGenerations(known, here, { now })) {
        expect([videos.length > 0, error !== undefined]).toEqual([status === "completed", status === "failed"]);
      }
    });
  });

  test("a tile keeps its key when its row appears", () => {
    always((known, here) => {
      const before = mergeGenerations([], here, { now });
      const after = mergeGenerations(known, here, { now, previous: before });
      for (const { generationId, key } of after) if (generationId !== undefined) expect(key).toBe(generationId);
    });
  });

  test("a tile keeps its key when its generation is resumed", () => {
    always((known, here) => {
      const before = mergeGenerations(known, [], { now });
      const after = mergeGenerations(known, here, { now, previous: before });
      for (const row of known) expect(after.filter(({ key }) => key === row.id)).toMatchObject([{ rowId: row.id }]);
    });
  });

  test("the same again is the same objects", () => {
    always((known, here) => {
      const before = mergeGenerations(known, here, { now });
      expect(mergeGenerations(known, here, { now, previous: before })).toBe(before);
    });
  });
});
