// What a storage that fails, hangs or holds something else cannot do to the settings.
import { fitSettings } from "@video-engine/video-models";
import { describe, expect, test } from "vitest";
import { flush } from "./__fixtures__/settings-shelf.ts";
import { KEY, KLING, loaded, PIXVERSE, setUp, textOf, VEO } from "./__fixtures__/settings-world.ts";
import { createVideoSettings } from "./create-video-settings.ts";

const good = { [KEY]: textOf(KLING, { [KLING]: { duration: 10 } }) };

describe("a storage that fails", () => {
  test.each([{ isSync: true }, { isSync: false }])(
    "that cannot be read: the edit stays, nothing is written over it, and it goes along later (%o)",
    async ({ isSync }) => {
      const { store, shelf, stored } = setUp(good, { isSync });
      shelf.failOn("get");
      await store.load();
      store.update({ generateAudio: true });
      await flush();
      expect(store.getSnapshot()).toMatchObject({ isLoaded: true, model: VEO, chosen: { generateAudio: true } });
      expect(shelf.items.get(KEY)).toBe(good[KEY]);
      shelf.failOn();
      store.update({ duration: 4 });
      await flush();
      expect(store.getSnapshot()).toMatchObject({ model: VEO, chosen: { generateAudio: true, duration: 4 } });
      expect(stored()).toMatchObject({
        models: { [KLING]: { duration: 10 }, [VEO]: { generateAudio: true, duration: 4 } },
      });
    },
  );

  test.each([{ isSync: true }, { isSync: false }])(
    "that cannot be written: the edit stays, and goes along with the next one (%o)",
    async ({ isSync }) => {
      const { store, shelf, stored } = setUp(good, { isSync });
      await store.load();
      shelf.failOn("set");
      store.update({ duration: 5 });
      await flush();
      expect(store.getSnapshot().chosen).toEqual({ duration: 5 });
      expect(shelf.calls.filter((call) => call.startsWith("set"))).toHaveLength(1);
      shelf.failOn();
      store.update({ aspectRatio: "1:1" });
      await flush();
      expect(stored()).toMatchObject({ models: { [KLING]: { duration: 5, aspectRatio: "1:1" } } });
    },
  );

  test.each([undefined, new Error("The listener fails, too.")])(
    "tells its cause at each failure (%s)",
    async (thrown) => {
      const full = new Error("QuotaExceededError");
      const told: unknown[] = [];
      const store = createVideoSettings({
        storage: { getItem: () => null, setItem: () => Promise.reject(full), removeItem: () => undefined },
        onFailed(cause) {
          told.push(cause);
          if (thrown !== undefined) throw thrown;
        },
      });
      await store.load();
      store.update({ duration: 4 });
      await flush();
      expect(told).toEqual([full]);
      store.update({ duration: 6 });
      await flush();
      expect(told).toEqual([full, full]);
      expect(store.getSnapshot().chosen).toEqual({ duration: 6 });
    },
  );

  test("an edit that is made while a write fails is tried at once, together with the one that failed", async () => {
    const { store, shelf, stored } = await loaded(good);
    shelf.hold();
    store.update({ duration: 5 });
    await flush();
    shelf.held[0]?.answer();
    await flush();
    store.update({ aspectRatio: "1:1" });
    shelf.held[0]?.fail();
    await flush();
    shelf.answerAll();
    await flush();
    expect(stored()).toMatchObject({ models: { [KLING]: { duration: 5, aspectRatio: "1:1" } } });
  });

  test("the later of two edits that both failed stays on top", async () => {
    const { store, shelf } = await loaded(good);
    shelf.hold();
    store.update({ duration: 5 });
    await flush();
    shelf.held[0]?.answer();
    await flush();
    store.update({ duration: 10 });
    for (let round = 0; round < 2; round++) {
      shelf.held[0]?.fail();
      await flush();
    }
    shelf.items.set(KEY, textOf(KLING, { [KLING]: { duration: 5, aspectRatio: "1:1" } }));
    shelf.answerAll();
    await store.load();
    expect(store.getSnapshot().chosen).toEqual({ duration: 10, aspectRatio: "1:1" });
  });

  test("that never answers: the form works with what is chosen, and a later load may win", async () => {
    const { store, shelf } = setUp(good);
    shelf.hold();
    void store.load();
    store.update({ duration: 4 });
    await flush();
    expect(store.getSnapshot()).toMatchObject({ isLoaded: false, model: VEO, settings: { duration: 4 } });
    const [hanging] = shelf.held;
    void store.load();
    await flush();
    shelf.held.find((call) => call !== hanging)?.answer();
    await flush();
    expect(store.getSnapshot()).toMatchObject({ isLoaded: true, model: KLING, chosen: { duration: 4 } });
  });

  test("that never ends a write: what is chosen stays, and no second write is sent beside it", async () => {
    const { store, shelf } = await loaded(good);
    shelf.hold();
    store.update({ duration: 5 });
    await flush();
    shelf.held[0]?.answer();
    await flush();
    store.update({ aspectRatio: "1:1" });
    void store.load();
    await flush();
    expect(store.getSnapshot().chosen).toEqual({ duration: 5, aspectRatio: "1:1" });
    expect(shelf.held.map(({ name }) => name)).toEqual(["set"]);
  });
});

describe("a storage", () => {
  test("that keeps nothing: what is chosen stays", async () => {
    const models = { [KLING]: { duration: 10 }, [PIXVERSE]: { duration: 8 } };
    const { store, shelf, stored } = await loaded({ [KEY]: textOf(KLING, models) });
    shelf.items.clear();
    await store.load();
    expect(store.getSnapshot()).toMatchObject({ model: KLING, chosen: { duration: 10 } });
    store.update({ duration: 5 });
    await flush();
    expect(stored()).toEqual({ v: 1, model: KLING, models: { ...models, [KLING]: { duration: 5 } } });
  });

  test.each(
    [
      ["", "{", "null", "[]", "7", '"text"', "\u0000", '{"state":{"duration":4},"version":0}', '{"v":"2","models":{}}'],
      ['{"v":0,"model":"vid-ovi"}', '{"v":1,"model":7,"models":[1,{}]}', '{"v":1,"models":{"vid-veo-3.1":[8]}}'],
    ].flat(),
  )("that holds %j: nothing comes of it, and the next edit is stored over it", async (text) => {
    const { store, stored } = await loaded({ [KEY]: text, "@video_gen_model_id": KLING });
    expect(store.getSnapshot()).toEqual({
      isLoaded: true,
      model: VEO,
      chosen: {},
      settings: fitSettings(VEO, {}),
    });
    store.update({ duration: 4 });
    await flush();
    expect(stored()).toMatchObject({ v: 1, model: VEO, models: { [VEO]: { duration: 4 } } });
  });

  test("that holds settings of no model: they do not come before those of one", async () => {
    const { store } = await loaded({ [KEY]: textOf(KLING, { "": { duration: 5 }, [KLING]: { duration: 10 } }) });
    expect(store.getSnapshot().chosen).toEqual({ duration: 10 });
  });

  test("that holds a newer version's record: the form works, and the record is left as it is", async () => {
    const newer = JSON.stringify({ v: 2, everything: "else" });
    const { store, shelf } = await loaded({ [KEY]: newer });
    store.update({ duration: 4 });
    store.select(KLING);
    await flush();
    await store.load();
    store.select(VEO);
    await flush();
    expect(store.getSnapshot()).toMatchObject({ isLoaded: true, model: VEO, chosen: { duration: 4 } });
    expect([...shelf.items]).toEqual([[KEY, newer]]);
    expect(shelf.calls.filter((call) => call.startsWith("set"))).toEqual([]);
  });

  test("that gets a newer version's record meanwhile: it is left as it is", async () => {
    const newer = JSON.stringify({ v: 2 });
    const { store, shelf } = await loaded(good);
    shelf.items.set(KEY, newer);
    store.update({ duration: 5 });
    await flush();
    expect(shelf.items.get(KEY)).toBe(newer);
    expect(store.getSnapshot().chosen).toEqual({ duration: 5 });
  });

  test("that answers with something else than a text", async () => {
    const odd: Record<string, unknown> = { toString: () => "no text" };
    const storage = { getItem: () => odd, setItem: () => undefined, removeItem: () => undefined };
    const store = createVideoSettings({ storage: storage as never }); // no app's types allow this
    await store.load();
    store.update({ duration: 4 });
    await flush();
    expect(store.getSnapshot()).toMatchObject({ isLoaded: true, chosen: { duration: 4 } });
  });
});
