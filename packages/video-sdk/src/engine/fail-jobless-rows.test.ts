// Rows that an old client has left loading: they name no job, so they cannot be continued. Marked on request, when no client can be driving them.
import { describe, expect, test } from "vitest";
import { defaultPollingPolicy } from "../core/polling-policy.ts";
import { createLocalLocks } from "../platform/local-locks.ts";
import { createMemoryStorage } from "../platform/memory-storage.ts";
import type { JoblessRow } from "../ports.ts";
import { createFakeLedger } from "../testing/fake-ledger.ts";
import { createFakeVideoApi } from "../testing/fake-video-api.ts";
import { createTestClock } from "../testing/test-clock.ts";
import { createEngine } from "./create-engine.ts";
import type { VideoEngineEvent } from "./engine-event.ts";
import { LEAST_JOBLESS_AGE_MS } from "./fail-jobless-rows.ts";
import type { ResumeOptions } from "./recovery.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const request = { model: "vid-veo-3.1-fast", prompt: "a corgi surfing", duration: 8 } as const;
const marking = { adopt: true, failRowsOlderThanMs: DAY } as const;

/** A backend on which an old client has left a row loading, with its slot and its credits; then a day and an hour have passed. */
async function afterOldClient({ deviceIsAheadByMs = 0, isUsedSince = true } = {}) {
  const clock = createTestClock();
  const ledger = createFakeLedger({ areJobsKept: false, now: () => clock.now() });
  const api = createFakeVideoApi({ clock });
  const wall = { ...clock, now: () => clock.now() + deviceIsAheadByMs };
  const events: VideoEngineEvent[] = [];
  let ids = 0;
  const open = (storage = createMemoryStorage()) =>
    createEngine({
      ledger,
      api,
      polling: defaultPollingPolicy,
      platform: { clock: wall, random: () => 0.5, createId: () => `generation-${++ids}` },
      persistence: { storage, locks: createLocalLocks(), user: "user-1", onUnreadable: () => undefined },
      onEvent: (event) => void events.push(event),
    });
  const leave = async () => {
    const old = open();
    old.generate(request);
    await clock.advance(40_000);
    old.dispose();
    await clock.flush();
  };
  await leave();
  await clock.advance(DAY + HOUR);
  // The user generates on another device: the backend's own clock shows in the new row.
  if (isUsedSince) await leave();
  const resume = async (options?: ResumeOptions, engine = open()) => {
    let found: unknown;
    void engine.resume(options).then(
      ({ length }) => (found = length),
      (error: unknown) => (found = error),
    );
    await clock.advanceUntil(() => found !== undefined);
    return found;
  };
  const marked = () => events.flatMap((event) => (event.type === "jobless-row-failed" ? [event] : []));
  return { clock, ledger, open, leave, resume, marked };
}

describe("a row that has loaded for more than a day", () => {
  test("is left alone by default, adopting or not", async () => {
    const { ledger, resume, marked } = await afterOldClient();
    expect(await resume()).toBe(0);
    expect(await resume({ adopt: true })).toBe(0);
    expect(ledger.books.rows.map(({ isLoading }) => isLoading)).toEqual([true, true]);
    expect(marked()).toEqual([]);
  });

  test("is marked on request, and its slot closed; its credits and the younger row stay as they are", async () => {
    const { ledger, resume, marked } = await afterOldClient();
    expect(await resume(marking)).toBe(0);
    expect(ledger.books.rows).toMatchObject([
      { id: "row-1", isLoading: false, error: "The video took too long.", videos: [] },
      { id: "row-2", isLoading: true },
    ]);
    expect(ledger.books.slots).toMatchObject([{ status: "failed" }, { status: "active" }]);
    expect(ledger.books).toMatchObject({ reserved: 416, released: 0, captured: 0 });
    expect(marked()).toMatchObject([{ rowId: "row-1", error: undefined }]);
    expect(marked()[0]?.ageMs).toBeGreaterThan(DAY);
  });

  test("is marked once, and again where that has failed", async () => {
    const { ledger, resume, marked } = await afterOldClient();
    ledger.failNext("updateRow", "request-lost");
    ledger.failNext("closeSlot", { refused: "settlement-failed" });
    await resume(marking);
    expect(marked()).toMatchObject([{ error: { code: "unreachable" } }]);
    await resume(marking);
    await resume(marking);
    expect(marked()).toMatchObject([{ rowId: "row-1" }, { rowId: "row-1", error: undefined }]);
    expect(ledger.books.rows[0]).toMatchObject({ isLoading: false });
    expect(ledger.books.slots[0]).toMatchObject({ status: "failed" });
  });

  test("of a generation that has a record here is left to that", async () => {
    const { clock, ledger, open, resume, leave } = await afterOldClient();
    const storage = createMemoryStorage();
    const driving = open(storage);
    driving.generate(request);
    await clock.advance(40_000);
    driving.dispose();
    await clock.advance(DAY + HOUR);
    await leave();
    expect(await resume(marking, open(storage))).toBe(1);
    await clock.advance(HOUR);
    expect(ledger.books.rows[2]).toMatchObject({ isLoading: false, videos: [expect.any(String)] });
    expect(ledger.books.rows[2]).not.toHaveProperty("error");
  });
});

describe("whatever the clocks say, a row that may be young is left alone", () => {
  const rowsAre = (createdAt: number, leastAgeMs: number): readonly JoblessRow[] => [
    { rowId: "row-1", sessionId: "session-1", slotId: "slot-1", createdAt, leastAgeMs },
  ];

  test("a device's clock that is ahead by a year", async () => {
    const { ledger, resume } = await afterOldClient({ deviceIsAheadByMs: 365 * DAY });
    await resume(marking);
    expect(ledger.books.rows.map(({ isLoading }) => isLoading)).toEqual([false, true]);
  });

  test("a device's clock that is behind by a year: no row is old", async () => {
    const { ledger, resume } = await afterOldClient({ deviceIsAheadByMs: -365 * DAY });
    await resume(marking);
    expect(ledger.books.rows.map(({ isLoading }) => isLoading)).toEqual([true, true]);
  });

  test("a backend that has written nothing since: its time cannot be told", async () => {
    const { ledger, resume } = await afterOldClient({ isUsedSince: false });
    await resume(marking);
    expect(ledger.books.rows.map(({ isLoading }) => isLoading)).toEqual([true]);
  });

  test.each([
    ["a row from the future", 10 * DAY, -9 * DAY],
    ["a row beside one from the future", 2 * DAY - 1, 9 * DAY],
    ["a row at the age itself, less a millisecond", DAY, DAY - 1],
    ["an age that is no number", DAY, Number.NaN],
  ])("%s", async (_, createdAt, leastAgeMs) => {
    const clock = createTestClock();
    const start = clock.now();
    await clock.advance(2 * DAY);
    const ledger = createFakeLedger();
    const rows = rowsAre(start + createdAt, leastAgeMs);
    const engine = createEngine({
      ledger: { ...ledger, readJoblessRows: () => Promise.resolve({ ok: true, value: rows }) },
      api: createFakeVideoApi({ clock }),
      polling: defaultPollingPolicy,
      platform: { clock, random: () => 0.5, createId: () => "generation-1" },
      persistence: {
        storage: createMemoryStorage(),
        locks: createLocalLocks(),
        user: "user-1",
        onUnreadable: () => undefined,
      },
    });
    await engine.resume(marking);
    expect(ledger.calls).toEqual([]);
  });
});

test.each([
  ["under the hard limit", { adopt: true, failRowsOlderThanMs: LEAST_JOBLESS_AGE_MS - 1 }, /at least 3600000/],
  ["that is no number", { adopt: true, failRowsOlderThanMs: Number.NaN }, /is NaN/],
  ["without end", { adopt: true, failRowsOlderThanMs: Infinity }, /is Infinity/],
  ["without adopting", { failRowsOlderThanMs: DAY }, /needs `adopt: true`/],
])("an age %s is refused before anything is read", async (_, options, message) => {
  const { ledger, resume } = await afterOldClient();
  const before = ledger.calls.length;
  expect(await resume(options)).toMatchObject({ code: "not-configured", message: expect.stringMatching(message) });
  expect(ledger.calls).toHaveLength(before);
});

test("the least age is the longest hard limit of the default policy", () => {
  const overdue = (elapsedMs: number) =>
    defaultPollingPolicy({
      model: "vid-veo-3.1",
      expectedMs: { p50: DAY, p95: DAY },
      attempt: 1,
      elapsedMs,
      misses: 0,
      random: 0,
    }).isOverdue;
  expect([overdue(LEAST_JOBLESS_AGE_MS - 1), overdue(LEAST_JOBLESS_AGE_MS)]).toEqual([false, true]);
});
