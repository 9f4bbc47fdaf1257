// The session list: which session is shown, which answer counts, and no query without a subscriber.
import { describe, expect, test, vi } from "vitest";
import { videoErrorData } from "../errors.ts";
import type { CallResult } from "../ports.ts";
import { createFakeSessionReader, sessionWith, settle } from "./__fixtures__/fake-session-reader.ts";
import { rowWith } from "./__fixtures__/rows-and-snapshots.ts";
import { createSessionList } from "./create-session-list.ts";

const offline = videoErrorData("unreachable");

function setUp({ isLive = true } = {}) {
  const reader = createFakeSessionReader({ isLive });
  return { reader, sessions: createSessionList(reader) };
}

const ids = ({ sessions }: ReturnType<typeof setUp>) => sessions.getSnapshot().sessions.map(({ id }) => id);
const currentId = ({ sessions }: ReturnType<typeof setUp>) => sessions.getSnapshot().currentId;

describe("without a subscriber", () => {
  test("nothing is asked, and it says that it is loading", () => {
    const { reader, sessions } = setUp();
    expect(sessions.getSnapshot()).toEqual({ sessions: [], currentId: undefined, isLoading: true, error: undefined });
    expect([reader.sessions.followers, reader.sessions.reads]).toEqual([0, 0]);
  });

  test("the first to come starts one query, and the last to go ends it", () => {
    const { reader, sessions } = setUp();
    const stops = [sessions.subscribe(() => undefined), sessions.subscribe(() => undefined)];
    expect(reader.sessions.followers).toBe(1);
    stops[0]?.();
    stops[0]?.();
    expect(reader.sessions.followers).toBe(1);
    stops[1]?.();
    expect(reader.sessions.followers).toBe(0);
  });

  test("what was known stays, and the next subscriber starts the query again", () => {
    const world = setUp();
    world.sessions.subscribe(() => undefined)();
    const stop = world.sessions.subscribe(() => undefined);
    world.reader.sessions.say([sessionWith("s1")]);
    stop();
    expect(ids(world)).toEqual(["s1"]);
    world.sessions.subscribe(() => undefined);
    expect(world.reader.sessions.followers).toBe(1);
  });
});

describe("the list", () => {
  test("follows the backend, and its picture is the same object until something changed", () => {
    const world = setUp();
    const heard = vi.fn();
    world.sessions.subscribe(heard);
    world.reader.sessions.say([sessionWith("s2"), sessionWith("s1")]);
    const picture = world.sessions.getSnapshot();
    expect([ids(world), picture.isLoading, heard.mock.calls.length]).toEqual([["s2", "s1"], false, 1]);
    expect(world.sessions.getSnapshot()).toBe(picture);
    world.sessions.select("s2");
    expect(world.sessions.getSnapshot()).toBe(picture);
  });

  test("over HTTP it is read when the first comes and at each refresh", async () => {
    const world = setUp({ isLive: false });
    world.sessions.subscribe(() => undefined);
    world.reader.sessions.say([sessionWith("s1")]);
    await settle();
    expect(ids(world)).toEqual(["s1"]);
    const refreshed = world.sessions.refresh();
    world.reader.sessions.say([sessionWith("s2"), sessionWith("s1")]);
    await refreshed;
    expect([ids(world), world.reader.sessions.reads]).toEqual([["s2", "s1"], 2]);
  });

  test("of two refreshes the last one wins, whichever answers first", async () => {
    const world = setUp({ isLive: false });
    const both = [world.sessions.refresh(), world.sessions.refresh()];
    world.reader.sessions.answer(1, [sessionWith("new")]);
    world.reader.sessions.answer(0, [sessionWith("old")]);
    await Promise.all(both);
    expect(ids(world)).toEqual(["new"]);
  });

  test("an answer that was pushed while a refresh ran counts more", async () => {
    const world = setUp();
    const refreshed = world.sessions.refresh();
    world.sessions.subscribe(() => undefined);
    world.reader.sessions.say([sessionWith("pushed")]);
    world.reader.sessions.answer(0, [sessionWith("old")]);
    await refreshed;
    expect(ids(world)).toEqual(["pushed"]);
  });

  test("a failure is data: what was known stays, and the next answer takes it back", () => {
    const world = setUp();
    world.sessions.subscribe(() => undefined);
    world.reader.sessions.refuse(offline);
    expect(world.sessions.getSnapshot()).toMatchObject({ sessions: [], isLoading: false, error: offline });
    world.reader.sessions.say([sessionWith("s1")]);
    expect(world.sessions.getSnapshot()).toMatchObject({ error: undefined });
    world.reader.sessions.refuse(offline);
    expect(world.sessions.getSnapshot()).toMatchObject({ sessions: [{ id: "s1" }], error: offline });
  });

  test("an engine without a reader says so, once there is a subscriber", async () => {
    const sessions = createSessionList();
    sessions.subscribe(() => undefined);
    await settle();
    expect(sessions.getSnapshot()).toMatchObject({ isLoading: false, error: { code: "not-configured" } });
    expect(await sessions.create()).toBeUndefined();
    await sessions.rows("s1").refresh();
    expect(sessions.rows("s1").getSnapshot()).toBeUndefined();
  });
});

describe("the session that is shown", () => {
  test("is the newest until one is selected", () => {
    const world = setUp();
    world.sessions.subscribe(() => undefined);
    world.reader.sessions.say([sessionWith("s2"), sessionWith("s1")]);
    expect(currentId(world)).toBe("s2");
    world.sessions.select("s1");
    expect(currentId(world)).toBe("s1");
    world.reader.sessions.say([sessionWith("s3"), sessionWith("s2"), sessionWith("s1")]);
    expect(currentId(world)).toBe("s1");
  });

  test("may be selected before the list is there", () => {
    const world = setUp();
    world.sessions.subscribe(() => undefined);
    world.sessions.select("s1");
    expect(currentId(world)).toBe("s1");
    world.reader.sessions.say([sessionWith("s2"), sessionWith("s1")]);
    expect(currentId(world)).toBe("s1");
  });

  test("may be one that another tab has just made: it is believed until a list comes without it", () => {
    const world = setUp();
    world.sessions.subscribe(() => undefined);
    world.reader.sessions.say([sessionWith("s1")]);
    world.sessions.select("s2");
    expect(currentId(world)).toBe("s2");
    world.reader.sessions.say([sessionWith("s1")]);
    expect(currentId(world)).toBe("s1");
    world.reader.sessions.say([sessionWith("s2"), sessionWith("s1")]);
    expect(currentId(world)).toBe("s2");
  });

  test("is the newest again when the selected one was deleted", () => {
    const world = setUp();
    world.sessions.subscribe(() => undefined);
    world.reader.sessions.say([sessionWith("s2"), sessionWith("s1")]);
    world.sessions.select("s1");
    world.reader.sessions.say([sessionWith("s2")]);
    expect(currentId(world)).toBe("s2");
  });
});

describe("making a session", () => {
  test("shows it, and reads the list again", async () => {
    const world = setUp({ isLive: false });
    world.sessions.subscribe(() => undefined);
    world.reader.sessions.say([sessionWith("s1")]);
    await settle();
    expect(await world.sessions.create({ title: "Corgis" })).toBe("session-new-1");
    expect([currentId(world), world.reader.created, world.reader.sessions.reads]).toEqual([
      "session-new-1",
      [{ title: "Corgis" }],
      2,
    ]);
    world.reader.sessions.say([sessionWith("session-new-1"), sessionWith("s1")]);
    await settle();
    expect(currentId(world)).toBe("session-new-1");
  });

  test("a list that was asked for before does not take it back", async () => {
    const world = setUp({ isLive: false });
    world.sessions.subscribe(() => undefined);
    await world.sessions.create();
    world.reader.sessions.answer(0, [sessionWith("s1")]);
    await settle();
    expect(currentId(world)).toBe("session-new-1");
  });

  test("that is refused gives nothing back, says why, and is taken back by the next try", async () => {
    const { reader, sessions } = setUp();
    reader.refuseNext(offline);
    expect(await sessions.create()).toBeUndefined();
    expect(sessions.getSnapshot()).toMatchObject({ error: offline, currentId: undefined });
    await sessions.create();
    expect(sessions.getSnapshot()).toMatchObject({ error: undefined, currentId: "session-new-2" });
  });

  test("that is refused is forgotten at a refresh", async () => {
    const { reader, sessions } = setUp({ isLive: false });
    reader.refuseNext(offline);
    await sessions.create();
    void sessions.refresh();
    expect(sessions.getSnapshot().error).toBeUndefined();
  });
});

describe("the rows of a session", () => {
  test("are one store per session, followed while watched", () => {
    const { reader, sessions } = setUp();
    expect(sessions.rows("s1")).toBe(sessions.rows("s1"));
    expect(sessions.rows("s1")).not.toBe(sessions.rows("s2"));
    const stop = sessions.rows("s1").subscribe(() => undefined);
    expect([reader.rows("s1").followers, reader.rows("s2").followers]).toEqual([1, 0]);
    reader.rows("s1").say([rowWith({ id: "row-1" })]);
    expect(sessions.rows("s1").getSnapshot()).toMatchObject([{ id: "row-1" }]);
    stop();
    expect(reader.rows("s1").followers).toBe(0);
  });

  test("that cannot be read are an error of the sessions, until their last subscriber leaves", () => {
    const { reader, sessions } = setUp();
    const stop = sessions.rows("s1").subscribe(() => undefined);
    reader.rows("s1").refuse(offline);
    expect(sessions.getSnapshot()).toMatchObject({ error: offline, isLoading: true });
    stop();
    expect(sessions.getSnapshot().error).toBeUndefined();
  });

  test("an answer of one question does not take back the failure of another", () => {
    const { reader, sessions } = setUp();
    sessions.rows("s1").subscribe(() => undefined);
    sessions.subscribe(() => undefined);
    reader.rows("s1").refuse(offline);
    reader.sessions.say([sessionWith("s1")]);
    expect(sessions.getSnapshot()).toMatchObject({ error: offline });
    reader.rows("s1").say([]);
    expect(sessions.getSnapshot().error).toBeUndefined();
  });
});

test("every method works unbound", async () => {
  const { sessions } = setUp();
  const { getSnapshot, subscribe, select, create, rows, refresh } = sessions;
  subscribe(() => undefined);
  select("s1");
  expect([getSnapshot().currentId, rows("s1").getSnapshot()]).toEqual(["s1", undefined]);
  void refresh();
  expect(await create()).toBe("session-new-1");
});

describe("what only some backends can", () => {
  const refusal = videoErrorData("internal");

  function withEdits(answer: CallResult<void>) {
    const reader = createFakeSessionReader();
    const edits = {
      rename: vi.fn(async () => answer),
      remove: vi.fn(async () => answer),
      removeRow: vi.fn(async () => answer),
    };
    const sessions = createSessionList({ ...reader, ...edits });
    sessions.subscribe(() => undefined);
    return { reader, edits, sessions };
  }

  test("without it there is no such method", () => {
    const { sessions } = setUp();
    expect([sessions.rename, sessions.remove, sessions.removeVideo]).toEqual([undefined, undefined, undefined]);
  });

  test("a title and a deletion reach the backend, and say whether they did", async () => {
    const { sessions, edits } = withEdits({ ok: true, value: undefined });
    expect(await sessions.rename?.("s1", "Foxes")).toBe(true);
    expect(await sessions.remove?.("s1")).toBe(true);
    expect(await sessions.removeVideo?.("r1")).toBe(true);
    expect(edits.rename).toHaveBeenCalledWith("s1", "Foxes");
    expect(edits.remove).toHaveBeenCalledWith("s1");
    expect(edits.removeRow).toHaveBeenCalledWith("r1");
    expect(sessions.getSnapshot().error).toBeUndefined();
  });

  test("a refusal is an answer and an error, which the next success clears", async () => {
    const { sessions, edits } = withEdits({ ok: false, certainty: "not-done", error: refusal });
    expect(await sessions.rename?.("s1", "Foxes")).toBe(false);
    expect(sessions.getSnapshot().error).toEqual(refusal);
    edits.rename.mockResolvedValue({ ok: true, value: undefined });
    expect(await sessions.rename?.("s1", "Foxes")).toBe(true);
    expect(sessions.getSnapshot().error).toBeUndefined();
  });

  test("the rows that are shown are read again after a deletion, where nothing pushes them", async () => {
    const { sessions, reader } = withEdits({ ok: true, value: undefined });
    reader.sessions.say([sessionWith("s1")]);
    await sessions.removeVideo?.("r1");
    expect(reader.rows("s1").reads).toBe(1);
  });
});
