// What the form is shown, and what is kept from one start to the next.
import { fitSettings, sortedVideoModels, type VideoModelId } from "@video-engine/video-models";
import { describe, expect, test, vi } from "vitest";
import { flush } from "./__fixtures__/settings-shelf.ts";
import { KEY, KLING, loaded, PIXVERSE, setUp, SORA, textOf, VEO } from "./__fixtures__/settings-world.ts";
import { createVideoSettings } from "./create-video-settings.ts";

describe("what the form shows", () => {
  test("starts with the first model of the picker and its defaults", () => {
    const { store } = setUp();
    expect(store.getSnapshot()).toEqual({
      isLoaded: false,
      model: sortedVideoModels()[0]?.id,
      chosen: {},
      settings: fitSettings(VEO, {}),
    });
  });

  test("starts with the app's own model, unless that one is retired", () => {
    expect(createVideoSettings({ defaultModel: KLING }).getSnapshot().model).toBe(KLING);
    expect(createVideoSettings({ defaultModel: SORA }).getSnapshot().model).toBe(VEO);
  });

  test("is loaded at once where there is no storage, and remembers within the process", async () => {
    const store = createVideoSettings();
    expect(store.getSnapshot().isLoaded).toBe(true);
    store.update({ duration: 4 });
    store.select(KLING);
    await store.load();
    store.select(VEO);
    expect(store.getSnapshot().settings.duration).toBe(4);
  });

  test("brings back what was last used with a model, and nothing of another's", async () => {
    const { store } = await loaded();
    store.update({ aspectRatio: "9:16", duration: 4 });
    store.select(KLING);
    expect(store.getSnapshot()).toMatchObject({ model: KLING, settings: fitSettings(KLING, {}) });
    store.update({ duration: 10 });
    store.select(VEO);
    expect(store.getSnapshot().settings).toMatchObject({ aspectRatio: "9:16", duration: 4 });
    store.select(KLING);
    expect(store.getSnapshot().settings.duration).toBe(10);
  });

  test("is fitted, and a choice that is not offered for the moment comes back when it is", async () => {
    const { store } = await loaded();
    store.select(PIXVERSE);
    store.update({ duration: 8 });
    store.update({ resolution: "1080p" });
    expect(store.getSnapshot().settings.duration).toBe(5);
    store.update({ resolution: "720p" });
    expect(store.getSnapshot().settings.duration).toBe(8);
  });

  test("a choice that only an attachment allows is kept as chosen", async () => {
    const { store } = await loaded();
    store.select("vid-hailuo-2.3");
    store.update({ fastMode: true });
    const { chosen, settings } = store.getSnapshot();
    expect([chosen.fastMode, settings.fastMode]).toEqual([true, false]);
    expect(fitSettings("vid-hailuo-2.3", chosen, { attachmentImageUrl: "file" }).fastMode).toBe(true);
  });

  test("undefined clears a choice, and it does not come back at the next start", async () => {
    const { store, open } = await loaded({ [KEY]: textOf(VEO, { [VEO]: { duration: 4, generateAudio: false } }) });
    store.update({ duration: undefined });
    expect(store.getSnapshot().settings.duration).toBe(8);
    await flush();
    const next = open();
    await next.load();
    expect(next.getSnapshot().chosen).toEqual({ generateAudio: false });
  });

  test("a choice that cannot be read counts as cleared, and is not stored", async () => {
    const { store, stored } = await loaded();
    const bad: Record<string, unknown> = {
      duration: 8n,
      aspectRatio: "wide",
      resolution: {},
      fastMode: "yes",
      other: 1,
    };
    store.update({ duration: 4 });
    store.update(bad);
    expect(store.getSnapshot()).toMatchObject({ chosen: {}, settings: fitSettings(VEO, {}) });
    await flush();
    expect(stored()).toEqual({ v: 1, model: VEO, models: { [VEO]: {} } });
  });

  test("an id that does not exist is refused, with the ids that look like it", () => {
    const { store } = setUp();
    const misspelt: string = "vid-veo-3";
    expect(() => store.select(misspelt as VideoModelId)).toThrow(/vid-veo-3\.1/); // as a JavaScript app may
    expect(store.getSnapshot().model).toBe(VEO);
  });
});

describe("subscribers", () => {
  test("the snapshot is the same object until something changed", async () => {
    const { store } = await loaded();
    const heard = vi.fn<() => void>();
    store.subscribe(heard);
    store.update({ duration: 4 });
    const first = store.getSnapshot();
    store.update({ duration: 4 });
    store.select(VEO);
    await store.load();
    expect(store.getSnapshot()).toBe(first);
    expect(heard).toHaveBeenCalledTimes(1);
    store.update({ duration: 6 });
    expect(store.getSnapshot()).not.toBe(first);
    expect(heard).toHaveBeenCalledTimes(2);
  });

  test("a listener that throws keeps neither the others from being called nor the edit from being stored", async () => {
    const { store, stored } = await loaded();
    const heard = vi.fn<() => void>();
    store.subscribe(() => {
      throw new Error("a listener of the app's");
    });
    const stop = store.subscribe(heard);
    store.update({ duration: 4 });
    await flush();
    expect(heard).toHaveBeenCalledTimes(1);
    expect(stored()).toMatchObject({ models: { [VEO]: { duration: 4 } } });
    stop();
    store.update({ duration: 6 });
    expect(heard).toHaveBeenCalledTimes(1);
  });

  test("the first to subscribe loads, the others do not; until then the storage is not touched", async () => {
    const { store, shelf } = setUp({ [KEY]: textOf(KLING, {}) });
    expect(shelf.calls).toEqual([]);
    store.subscribe(() => undefined);
    store.subscribe(() => undefined);
    await flush();
    store.subscribe(() => undefined);
    await flush();
    expect(store.getSnapshot()).toMatchObject({ isLoaded: true, model: KLING });
    expect(shelf.calls).toEqual([`get ${KEY}`]);
  });

  test("methods work unbound", async () => {
    const { getSnapshot, subscribe, update, select, load } = setUp().store;
    subscribe(() => undefined);
    await load();
    select(KLING);
    update({ duration: 10 });
    expect(getSnapshot()).toMatchObject({ model: KLING, settings: { duration: 10 } });
  });
});

describe("loading", () => {
  const items = { [KEY]: textOf(KLING, { [KLING]: { duration: 10, aspectRatio: "9:16" }, [VEO]: { duration: 4 } }) };

  test("edits made meanwhile survive field by field, for the model that was last used", async () => {
    const { store, shelf, stored } = setUp(items);
    shelf.hold();
    const loading = store.load();
    store.update({ aspectRatio: "1:1" });
    expect(store.getSnapshot()).toMatchObject({ isLoaded: false, model: VEO, chosen: { aspectRatio: "1:1" } });
    shelf.answerAll();
    await flush();
    shelf.answerAll();
    await loading;
    expect(store.getSnapshot()).toMatchObject({ model: KLING, chosen: { duration: 10, aspectRatio: "1:1" } });
    await flush();
    expect(stored()).toEqual({
      v: 1,
      model: KLING,
      models: { [KLING]: { duration: 10, aspectRatio: "1:1" }, [VEO]: { duration: 4 } },
    });
  });

  test("a model that is selected meanwhile stays, and so do the edits before and after", async () => {
    const { store, shelf } = setUp(items);
    shelf.hold();
    const loading = store.load();
    store.update({ generateAudio: false });
    store.select(PIXVERSE);
    store.update({ duration: 8 });
    await flush();
    shelf.answerAll();
    await loading;
    expect(store.getSnapshot()).toMatchObject({ model: PIXVERSE, chosen: { duration: 8 } });
    store.select(VEO);
    expect(store.getSnapshot().chosen).toEqual({ duration: 4, generateAudio: false });
  });

  test("what was chosen before another model is selected belongs to the one that was shown", async () => {
    const { store, stored } = setUp();
    store.update({ duration: 4 });
    store.select(KLING);
    store.select(VEO);
    expect(store.getSnapshot().chosen).toEqual({ duration: 4 });
    await flush();
    expect(stored()).toEqual({ v: 1, model: VEO, models: { [VEO]: { duration: 4 } } });
  });

  test("what was chosen where nothing is stored is stored under the model that is shown", async () => {
    const { store, stored } = setUp();
    store.update({ duration: 4 });
    await flush();
    expect(store.getSnapshot()).toMatchObject({ isLoaded: true, model: VEO, chosen: { duration: 4 } });
    expect(stored()).toEqual({ v: 1, model: VEO, models: { [VEO]: { duration: 4 } } });
  });

  test("an edit before the first load loads, and is stored over what was there", async () => {
    const { store, stored } = setUp(items);
    store.update({ duration: 5 });
    await flush();
    expect(store.getSnapshot()).toMatchObject({ isLoaded: true, model: KLING });
    expect(stored()).toMatchObject({ models: { [KLING]: { duration: 5, aspectRatio: "9:16" } } });
  });

  test("the last load wins, whichever is answered last", async () => {
    const { store, shelf } = setUp(items);
    shelf.hold();
    const first = store.load();
    await flush();
    const second = store.load();
    await flush();
    const [early, late] = shelf.held;
    shelf.items.set(KEY, textOf(PIXVERSE, {}));
    late?.answer();
    await second;
    shelf.items.set(KEY, textOf("kling-o1", {}));
    early?.answer();
    await first;
    expect(store.getSnapshot().model).toBe(PIXVERSE);
  });

  test("a load that is overtaken ends with the one that overtook it", async () => {
    const { store, shelf } = setUp(items);
    shelf.hold();
    const order: string[] = [];
    const first = store.load().then(() => order.push("first", store.getSnapshot().model));
    await flush();
    void store.load().then(() => order.push("second"));
    await flush();
    shelf.held[0]?.answer();
    await flush();
    expect(order).toEqual([]);
    shelf.answerAll();
    await first;
    expect(order).toEqual(["second", "first", KLING]);
  });

  test("an older answer to a later load does not undo what was chosen after it was asked", async () => {
    const { store, shelf, stored } = await loaded(items);
    shelf.hold();
    void store.load();
    await flush();
    const [asked] = shelf.held;
    store.update({ duration: 5 });
    await flush();
    for (let round = 0; round < 2; round++) {
      shelf.held.find((call) => call !== asked)?.answer();
      await flush();
    }
    asked?.answerAsAsked();
    await flush();
    expect(store.getSnapshot().chosen.duration).toBe(5);
    shelf.answerAll();
    await flush();
    expect(stored()).toMatchObject({ models: { [KLING]: { duration: 5 } } });
  });

  test("a later load takes in what another tab stored, except for edits that are not stored yet", async () => {
    const { store, shelf } = await loaded(items);
    shelf.failOn("set");
    store.update({ duration: 5 });
    await flush();
    shelf.items.set(KEY, textOf(KLING, { [KLING]: { duration: 10, aspectRatio: "16:9" } }));
    await store.load();
    expect(store.getSnapshot().chosen).toEqual({ duration: 5, aspectRatio: "16:9" });
  });
});

describe("writing", () => {
  test("edits of one moment are one write, and while one is out only the newest state waits", async () => {
    const { store, shelf, stored } = await loaded();
    shelf.hold();
    store.update({ duration: 4 });
    store.update({ duration: 6 });
    await flush();
    shelf.held[0]?.answer();
    await flush();
    expect(shelf.held.map(({ name }) => name)).toEqual(["set"]);
    for (const duration of [4, 8, 6, 4]) store.update({ duration });
    await flush();
    expect(shelf.held).toHaveLength(1);
    shelf.answerAll();
    await flush();
    expect(shelf.calls.filter((call) => call.startsWith("set"))).toHaveLength(2);
    expect(stored()).toMatchObject({ models: { [VEO]: { duration: 4 } } });
  });

  test("settings are kept per user, and shared where no user is named", async () => {
    const { open, stored } = setUp();
    open({ user: "a:b" }).update({ duration: 4 });
    createVideoSettings({ storage: setUp().shelf }).update({ duration: 6 });
    await flush();
    expect(stored("video-engine:1:a%3Ab:settings")).toMatchObject({ models: { [VEO]: { duration: 4 } } });
    const other = open({ user: "other" });
    await other.load();
    expect(other.getSnapshot().chosen).toEqual({});
  });

  test("without a user the key names none", async () => {
    const { shelf } = setUp();
    createVideoSettings({ storage: shelf }).update({ duration: 4 });
    await flush();
    expect([...shelf.items.keys()]).toEqual(["video-engine:1:settings"]);
  });

  test.each([{ isSync: true }, { isSync: false }])(
    "two tabs: the last change wins per setting, not for the whole record (%o)",
    async ({ isSync }) => {
      const { open, stored } = setUp({ [KEY]: textOf(VEO, { [PIXVERSE]: { duration: 8 } }) }, { isSync });
      const [one, other] = [open(), open()];
      await Promise.all([one.load(), other.load()]);
      one.select(KLING);
      one.update({ duration: 10 });
      await flush();
      other.update({ duration: 4 });
      await flush();
      one.update({ aspectRatio: "1:1" });
      await flush();
      expect(stored()).toEqual({
        v: 1,
        model: KLING,
        models: { [PIXVERSE]: { duration: 8 }, [KLING]: { duration: 10, aspectRatio: "1:1" }, [VEO]: { duration: 4 } },
      });
      other.select(KLING);
      other.update({ duration: 5 });
      await flush();
      expect(stored()).toMatchObject({ models: { [KLING]: { duration: 5, aspectRatio: "1:1" } } });
    },
  );

  test("two tabs of one moment lose nothing in a storage that answers at once", async () => {
    const { open, stored } = setUp({}, { isSync: true });
    const [one, other] = [open(), open()];
    await Promise.all([one.load(), other.load()]);
    other.select(KLING);
    one.update({ duration: 4 });
    other.update({ duration: 10 });
    await flush();
    expect(stored()).toMatchObject({ models: { [VEO]: { duration: 4 }, [KLING]: { duration: 10 } } });
  });

  test("another tab's edit does not change what is shown here", async () => {
    const { open } = setUp();
    const [one, other] = [open(), open()];
    await Promise.all([one.load(), other.load()]);
    other.select(KLING);
    await flush();
    one.update({ duration: 4 });
    await flush();
    expect(one.getSnapshot()).toMatchObject({ model: VEO, chosen: { duration: 4 } });
  });
});

describe("models that have changed", () => {
  test.each([[SORA], ["vid-of-tomorrow"]])("%s gives way, its settings go along, and stay its own", async (gone) => {
    const models = { [gone]: { aspectRatio: "9:16", duration: 15, removeWatermark: true } };
    const { store, stored } = await loaded({ [KEY]: textOf(gone, models) });
    expect(store.getSnapshot()).toMatchObject({
      model: VEO,
      settings: { aspectRatio: "9:16", duration: 8, removeWatermark: false },
    });
    store.update({ resolution: "1080p" });
    await flush();
    expect(stored()).toEqual({
      v: 1,
      model: VEO,
      models: { ...models, [VEO]: { ...models[gone], resolution: "1080p" } },
    });
  });

  test("a retired one is replaced by its successor, whatever the app starts with, and also when it is selected", async () => {
    const { store } = await loaded({ [KEY]: textOf(SORA, {}) }, { defaultModel: KLING });
    expect(store.getSnapshot().model).toBe(VEO);
    store.select(KLING);
    store.select(SORA);
    expect(store.getSnapshot().model).toBe(VEO);
  });

  test.each([
    [true, "vid-seedance-pro-fast"],
    [false, KLING],
  ] as const)("a successor takes its place only where it has a price: %s", async (hasPrice, model) => {
    const stored = { [KEY]: textOf("vid-seedance-lite", { "vid-seedance-lite": { duration: 12 } }) };
    const { store } = await loaded(stored, { defaultModel: KLING, isPriced: (id) => hasPrice || id === KLING });
    expect(store.getSnapshot()).toMatchObject({ model, chosen: { duration: 12 } });
  });

  test("the one that takes its place keeps its own settings where it has some", async () => {
    const { store } = await loaded({ [KEY]: textOf(SORA, { [SORA]: { duration: 15 }, [VEO]: { duration: 4 } }) });
    expect(store.getSnapshot()).toMatchObject({ model: VEO, chosen: { duration: 4 } });
  });

  test("options that a model has no more are fitted to the nearest", async () => {
    const gone = { aspectRatio: "21:9", duration: 60, resolution: "2160p", cameraFixed: true };
    const { store } = await loaded({ [KEY]: textOf(VEO, { [VEO]: gone }) });
    expect(store.getSnapshot().settings).toMatchObject({
      aspectRatio: "16:9",
      duration: 8,
      resolution: "1080p",
      cameraFixed: false,
    });
  });
});
