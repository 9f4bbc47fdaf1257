// The tiles of a session: rows and generations as they change, a row that turns stale by itself, a row that was deleted.
import { describe, expect, test, vi } from "vitest";
import type { GenerationSnapshot } from "../core/snapshot.ts";
import { createObservable } from "../observable.ts";
import { failedWith, rowWith, snapshotWith } from "./__fixtures__/rows-and-snapshots.ts";
import { STALE_AFTER_MS } from "./video-tile.ts";
import { createTestClock } from "../testing/test-clock.ts";
import { createFakeSessionReader } from "./__fixtures__/fake-session-reader.ts";
import { createSessionList } from "./create-session-list.ts";
import { createVideoSessions } from "./create-video-sessions.ts";

function setUp() {
  const reader = createFakeSessionReader();
  const list = createObservable<readonly GenerationSnapshot[]>([]);
  const clock = createTestClock();
  const generations = { list: list.get, subscribe: list.subscribe };
  const sessions = createVideoSessions({ list: createSessionList(reader), generations, clock });
  return { clock, generations: list, rows: reader.rows("s1"), tiles: sessions.tiles("s1"), sessions };
}

describe("the tiles of a session", () => {
  test("are one store per session, and work unbound", () => {
    const { sessions, tiles } = setUp();
    const { tiles: unbound } = sessions;
    expect([unbound("s1") === tiles, unbound() === unbound(undefined)]).toEqual([true, true]);
    expect(unbound("s2")).not.toBe(tiles);
  });

  test("show a generation at once, then its row in its place, under one key", () => {
    const { tiles, rows, generations, clock } = setUp();
    const heard = vi.fn();
    tiles.subscribe(heard);
    generations.set([snapshotWith({ id: "g1", slotId: "slot-1", createdAt: clock.now() })]);
    expect(tiles.getSnapshot()).toMatchObject([{ key: "g1", rowId: undefined }]);
    rows.say([rowWith({ id: "row-1", slotId: "slot-1", createdAt: clock.now() })]);
    expect(tiles.getSnapshot()).toMatchObject([{ key: "g1", rowId: "row-1" }]);
    expect(heard).toHaveBeenCalledTimes(2);
  });

  test("without a session are the generations of this engine", () => {
    const { sessions, generations } = setUp();
    generations.set([snapshotWith({ id: "g1", sessionId: "s9" })]);
    expect(sessions.tiles().getSnapshot()).toMatchObject([{ key: "g1" }]);
  });

  test("are the same array until something changed, watched or not", () => {
    const { tiles, rows } = setUp();
    expect(tiles.getSnapshot()).toBe(tiles.getSnapshot());
    tiles.subscribe(() => undefined);
    rows.say([rowWith({ id: "row-1" })]);
    const before = tiles.getSnapshot();
    rows.say([rowWith({ id: "row-1" })]);
    expect(tiles.getSnapshot()).toBe(before);
  });

  test("follow the rows only while there are subscribers", () => {
    const { tiles, rows, clock } = setUp();
    const stops = [tiles.subscribe(() => undefined), tiles.subscribe(() => undefined)];
    rows.say([rowWith({ id: "row-1", createdAt: clock.now() })]);
    rows.say([rowWith({ id: "row-1", createdAt: clock.now(), requestId: "job-1" })]);
    expect([rows.followers, clock.pending]).toEqual([1, 1]);
    for (const stop of stops) stop();
    expect([rows.followers, clock.pending]).toEqual([0, 0]);
  });
});

describe("a loading row that no engine here drives", () => {
  test("turns stale at its time, without an update from anywhere", async () => {
    const { tiles, rows, clock } = setUp();
    const heard = vi.fn();
    tiles.subscribe(heard);
    rows.say([rowWith({ id: "row-1", createdAt: clock.now() - STALE_AFTER_MS + 5_000 })]);
    heard.mockClear();
    await clock.advance(4_999);
    expect([tiles.getSnapshot()[0]?.isStale, heard.mock.calls.length]).toEqual([false, 0]);
    await clock.advance(1);
    expect([tiles.getSnapshot()[0]?.isStale, heard.mock.calls.length, clock.pending]).toEqual([true, 1, 0]);
  });

  test("is stale at once for a later subscriber", async () => {
    const { tiles, rows, clock } = setUp();
    const stop = tiles.subscribe(() => undefined);
    rows.say([rowWith({ id: "row-1", createdAt: clock.now() })]);
    stop();
    await clock.advance(STALE_AFTER_MS);
    tiles.subscribe(() => undefined);
    await clock.advance(0);
    expect(tiles.getSnapshot()).toMatchObject([{ isStale: true }]);
  });

  test("from the future makes no timer longer than ten minutes, which would overflow and run at once", async () => {
    const { tiles, rows, clock } = setUp();
    tiles.subscribe(() => undefined);
    rows.say([rowWith({ id: "row-1", createdAt: clock.now() + 1e12 })]);
    expect(clock.nextDelayMs).toBe(STALE_AFTER_MS);
    await clock.advance(STALE_AFTER_MS);
    expect([tiles.getSnapshot()[0]?.isStale, clock.pending]).toEqual([false, 1]);
  });
});

describe("a row that was deleted", () => {
  const ended = snapshotWith({ id: "g1", rowId: "row-1", ...failedWith("provider-failed") });

  test("takes the tile of its ended generation with it", () => {
    const { tiles, rows, generations } = setUp();
    tiles.subscribe(() => undefined);
    generations.set([ended]);
    rows.say([rowWith({ id: "row-1" })]);
    expect(tiles.getSnapshot()).toHaveLength(1);
    rows.say([]);
    expect(tiles.getSnapshot()).toEqual([]);
    generations.set([{ ...ended }]);
    expect(tiles.getSnapshot()).toEqual([]);
  });

  test("leaves a generation that still runs, and one whose row was never seen", () => {
    const { tiles, rows, generations } = setUp();
    tiles.subscribe(() => undefined);
    rows.say([rowWith({ id: "row-1" })]);
    generations.set([{ ...ended, id: "g2", rowId: "row-2" }, snapshotWith({ id: "g1", rowId: "row-1" })]);
    rows.say([]);
    expect(tiles.getSnapshot()).toMatchObject([{ generationId: "g2" }, { generationId: "g1" }]);
  });
});
