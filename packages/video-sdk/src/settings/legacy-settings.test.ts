// What becomes of the settings that the app kept before, under six keys for all models together.
import { describe, expect, test } from "vitest";
import { createSettingsShelf, flush } from "./__fixtures__/settings-shelf.ts";
import { createVideoSettings, type VideoSettingsSnapshot } from "./create-video-settings.ts";

const KEY = "video-engine:1:settings";
const OLD = {
  "@video_gen_model_id": "vid-seedance-pro",
  "@video_gen_aspect_ratio": "9:16",
  "@video_gen_duration": "8",
  "@video_gen_resolution": "1080p",
  "@video_gen_audio": "true",
  "@video_gen_fast_mode": "false",
};
const READ = { aspectRatio: "9:16", duration: 8, resolution: "1080p", generateAudio: true, fastMode: false };

async function migrated(items: Record<string, string>) {
  const shelf = createSettingsShelf(items);
  const open = async (): Promise<VideoSettingsSnapshot> => {
    const store = createVideoSettings({ storage: shelf, defaultModel: "vid-kling-2.6-pro" });
    await store.load();
    await flush();
    return store.getSnapshot();
  };
  return { shelf, open, snapshot: await open(), stored: JSON.parse(shelf.items.get(KEY) ?? "null") as unknown };
}

describe("the app's six keys", () => {
  test.each([
    ["as plain texts", OLD],
    ["as JSON", Object.fromEntries(Object.entries(OLD).map(([key, text]) => [key, JSON.stringify(text)]))],
  ])("hold %s the settings of the model that they name, and of no other", async (_, items) => {
    const { snapshot, stored } = await migrated(items);
    expect(snapshot).toMatchObject({ model: "vid-seedance-pro", chosen: READ });
    expect(stored).toEqual({ v: 1, model: "vid-seedance-pro", models: { "vid-seedance-pro": READ } });
  });

  test("are read once, and left as they were", async () => {
    const { shelf, open } = await migrated(OLD);
    expect(Object.fromEntries(shelf.items)).toMatchObject(OLD);
    shelf.items.set("@video_gen_duration", "5");
    const before = shelf.calls.length;
    expect((await open()).chosen).toEqual(READ);
    expect(shelf.calls.slice(before)).toEqual([`get ${KEY}`]);
  });

  test("may name a model and nothing else", async () => {
    const { snapshot } = await migrated({ "@video_gen_model_id": "vid-ovi" });
    expect(snapshot).toMatchObject({ model: "vid-ovi", chosen: {} });
  });

  test("that come later are not read any more", async () => {
    const shelf = createSettingsShelf();
    const store = createVideoSettings({ storage: shelf });
    await store.load();
    for (const [key, text] of Object.entries(OLD)) shelf.items.set(key, text);
    await store.load();
    expect(store.getSnapshot()).toMatchObject({ model: "vid-veo-3.1", chosen: {} });
  });

  test("are not forgotten when the storage cannot be written, nor come before what the user chose", async () => {
    const shelf = createSettingsShelf({ ...OLD, "@video_gen_model_id": "kie-sora-2" });
    const store = createVideoSettings({ storage: shelf });
    shelf.failOn("set");
    store.update({ duration: 6 });
    await flush();
    await store.load();
    expect(store.getSnapshot()).toMatchObject({ model: "vid-veo-3.1", chosen: { ...READ, duration: 6 } });
    shelf.failOn();
    await store.load();
    await flush();
    expect(JSON.parse(shelf.items.get(KEY) ?? "")).toEqual({
      v: 1,
      model: "vid-veo-3.1",
      models: { "kie-sora-2": READ, "vid-veo-3.1": { ...READ, duration: 6 } },
    });
  });

  test("come before what the user chose meanwhile", async () => {
    const shelf = createSettingsShelf(OLD);
    const store = createVideoSettings({ storage: shelf });
    store.update({ duration: 12 });
    await flush();
    expect(store.getSnapshot()).toMatchObject({ model: "vid-seedance-pro", chosen: { ...READ, duration: 12 } });
    expect(JSON.parse(shelf.items.get(KEY) ?? "")).toMatchObject({
      models: { "vid-seedance-pro": { ...READ, duration: 12 } },
    });
  });

  test("that name no model hold the settings of the default one", async () => {
    const { snapshot } = await migrated({ "@video_gen_aspect_ratio": "1:1" });
    expect(snapshot).toMatchObject({ model: "vid-kling-2.6-pro", chosen: { aspectRatio: "1:1" } });
  });

  test("that name an unknown model lend their settings to the default one", async () => {
    const { snapshot, open } = await migrated({ ...OLD, "@video_gen_model_id": "vid-of-yesterday" });
    expect(snapshot).toMatchObject({ model: "vid-kling-2.6-pro", chosen: READ, settings: { duration: 10 } });
    expect(await open()).toEqual(snapshot);
  });

  test("that name a retired model lend their settings to its replacement", async () => {
    const { snapshot, open } = await migrated({ ...OLD, "@video_gen_model_id": "kie-sora-2" });
    expect(snapshot).toMatchObject({ model: "vid-veo-3.1", chosen: READ, settings: { duration: 8 } });
    expect(await open()).toEqual(snapshot);
  });

  test.each([
    ["nothing", {}],
    ["nothing to be read", { "@video_gen_duration": "soon", "@video_gen_audio": "1", "@video_gen_resolution": "null" }],
    ["empty texts", Object.fromEntries(Object.keys(OLD).map((key) => [key, ""]))],
  ])("that hold %s leave nothing behind", async (_, items) => {
    const { snapshot, stored } = await migrated(items);
    expect(snapshot).toMatchObject({ isLoaded: true, model: "vid-kling-2.6-pro", chosen: {} });
    expect(stored).toBeNull();
  });

  test("that cannot be read now are read later, and nothing is stored in between", async () => {
    const shelf = createSettingsShelf(OLD);
    const broken = {
      setItem: shelf.setItem,
      removeItem: shelf.removeItem,
      getItem: (key: string) =>
        isBroken && key.startsWith("@") ? Promise.reject(new Error("busy")) : shelf.getItem(key),
    };
    let isBroken = true;
    const store = createVideoSettings({ storage: broken });
    await store.load();
    store.update({ duration: 12 });
    await flush();
    expect(shelf.items.has(KEY)).toBe(false);
    isBroken = false;
    await store.load();
    await flush();
    expect(JSON.parse(shelf.items.get(KEY) ?? "")).toMatchObject({ models: { "vid-seedance-pro": READ } });
    store.select("vid-veo-3.1");
    expect(store.getSnapshot().chosen).toEqual({ duration: 12 });
  });
});
