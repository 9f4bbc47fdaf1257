// What is kept of generations that have ended, and what a change of one among many costs.
import { describe, expect, test } from "vitest";
import { snapshotWith } from "../grid/__fixtures__/rows-and-snapshots.ts";
import { createObservable } from "../observable.ts";
import { createTestEngine, type TestEngineOptions } from "../testing/create-test-engine.ts";
import type { Generation } from "./generation-handle.ts";
import { createHandleList } from "./handle-list.ts";

const request = { model: "vid-veo-3.1-fast", prompt: "a corgi surfing", duration: 8 } as const;

describe("the list of a thousand generations", () => {
  function thousand() {
    const handles = createHandleList(1_000);
    let looks = 0;
    const shown = Array.from({ length: 1_000 }, (_, index) => {
      const snapshot = createObservable(snapshotWith({ id: `generation-${index}` }));
      const get = () => {
        looks += 1;
        return snapshot.get();
      };
      // The list reads nothing else of a handle.
      handles.add({ handle: { id: snapshot.get().id } as Generation, get, subscribe: snapshot.subscribe });
      return snapshot;
    });
    const changeAll = (): void => {
      for (const snapshot of shown) snapshot.set({ ...snapshot.get(), isSlow: !snapshot.get().isSlow });
    };
    return { handles, changeAll, looks: () => looks };
  }

  test("is not built while it is not read, however often they change", () => {
    const { handles, changeAll, looks } = thousand();
    let calls = 0;
    handles.subscribe(() => (calls += 1));
    for (let round = 0; round < 10; round++) changeAll();
    expect([calls, looks()]).toEqual([10_000, 0]);
  });

  test("is built once for any number of reads, and is the same array until one of them changes", () => {
    const { handles, changeAll, looks } = thousand();
    const first = handles.list();
    expect([handles.list() === first, first.length, looks()]).toEqual([true, 1_000, 1_000]);
    changeAll();
    const second = handles.list();
    expect([second === first, handles.list() === second, looks()]).toEqual([false, true, 2_000]);
  });

  test("lists one again that was dropped, when a late answer has opened it", () => {
    const handles = createHandleList(0);
    const handle = { id: "generation-1" } as Generation; // the list reads nothing else of a handle
    const one = { handle, get: () => snapshotWith({ id: "generation-1" }), subscribe: () => () => undefined };
    handles.add(one);
    handles.retire(handle.id);
    const dropped = handles.list();
    handles.keep(one);
    expect([dropped.length, handles.list().length, handles.get(handle.id)]).toEqual([0, 1, handle]);
    handles.keep(one);
    expect(handles.list()).toHaveLength(1);
  });

  test("is newest first", () => {
    expect(
      thousand()
        .handles.list()
        .slice(0, 2)
        .map(({ id }) => id),
    ).toEqual(["generation-999", "generation-998"]);
  });
});

describe("a filter", () => {
  test("lists what matches all of it, as the same array while nothing in it changes", async () => {
    const { engine, clock } = createTestEngine({ slots: 10 });
    const [first, other] = [engine.generate(request, { sessionId: "a" }), engine.generate(request, { sessionId: "b" })];
    await clock.advance(10_000);
    const [running, inA] = [engine.list({ status: "running" }), engine.list({ sessionId: "a" })];
    expect([running, inA]).toMatchObject([[{ id: other.id }, { id: first.id }], [{ id: first.id }]]);
    await other.cancel();
    await clock.advanceUntil(() => other.getSnapshot().status === "canceled");
    expect(engine.list({ sessionId: "a" })).toBe(inA);
    expect(engine.list({ status: "running" })).toEqual(inA);
    expect(engine.list({ status: "canceled", sessionId: "a" })).toEqual([]);
    expect(engine.list({ status: undefined })).toBe(engine.list());
  });

  test("is remembered for a few dozen filters, and answers right beyond them", async () => {
    const { engine, clock } = createTestEngine();
    const { id } = engine.generate(request, { sessionId: "session-7" });
    await clock.flush();
    for (let round = 0; round < 2; round++) {
      const found = Array.from({ length: 200 }, (_, index) => engine.list({ sessionId: `session-${index}` }).length);
      expect([found[7], found.reduce((sum, length) => sum + length, 0)]).toEqual([1, 1]);
    }
    expect(engine.list({ sessionId: "session-7" })).toMatchObject([{ id }]);
  });
});

describe("beyond the last that have ended", () => {
  const end = async (options: TestEngineOptions, count: number) => {
    const world = createTestEngine({ ...options, jobMs: 1_000 });
    const handles: Generation[] = [];
    for (let index = 0; index < count; index++) {
      const handle = world.engine.generate(request);
      handles.push(handle);
      await world.clock.advanceUntil(() => handle.getSnapshot().status !== "running");
    }
    return { ...world, handles };
  };

  test("one that is settled leaves the list, and its handle goes on working", async () => {
    const { engine, handles, ledger } = await end({ keepEnded: 2 }, 5);
    expect(engine.list().map(({ id }) => id)).toEqual([handles[4]?.id, handles[3]?.id]);
    expect(engine.get(handles[0]?.id ?? "")).toBeUndefined();
    expect(engine.get(handles[4]?.id ?? "")).toBe(handles[4]);
    expect(await handles[0]?.outcome).toMatchObject({ status: "completed", settlement: "captured" });
    expect(handles[0]?.toJSON()).toMatchObject({ status: "completed" });
    ledger.assertBalanced();
  });

  test("a refused one leaves it, too", async () => {
    const { engine } = createTestEngine({ keepEnded: 1 });
    const refused = [engine.generate({ ...request, prompt: "" }), engine.generate({ ...request, prompt: "" })];
    expect(engine.list()).toMatchObject([{ id: refused[1]?.id, status: "failed" }]);
  });

  test("one that runs stays", async () => {
    const { engine, api, clock } = createTestEngine({ keepEnded: 0, jobMs: 1_000 });
    api.playNext("never");
    const running = engine.generate(request);
    await clock.advance(5_000);
    const done = engine.generate(request);
    await clock.advanceUntil(() => done.getSnapshot().status === "completed");
    expect(engine.list()).toMatchObject([{ id: running.id, status: "running" }]);
  });

  test("one whose credits are in doubt stays until that is resolved, and can be resolved", async () => {
    const world = createTestEngine({ guarantee: "reconciled", keepEnded: 0, jobMs: 1_000 });
    const { engine, clock, ledger } = world;
    ledger.failNext("captureCredits", "answer-lost");
    const doubtful = engine.generate(request);
    await clock.advanceUntil(() => doubtful.getSnapshot().status === "completed");
    const later = engine.generate(request);
    await clock.advanceUntil(() => later.getSnapshot().status === "completed");
    expect([engine.list(), engine.unresolved()]).toMatchObject([[{ id: doubtful.id }], [{ id: doubtful.id }]]);
    void engine.reconcile();
    await clock.advance(120_000);
    let resolved: readonly string[] = [];
    void engine.reconcile().then((ids) => (resolved = ids));
    await clock.advanceUntil(() => resolved.length > 0);
    expect([resolved, engine.list(), doubtful.getSnapshot().settlement]).toEqual([[doubtful.id], [], "captured"]);
    ledger.assertBalanced();
  });
});
