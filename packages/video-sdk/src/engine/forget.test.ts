// forget(): what is stored of a user goes, but for what still holds credits. Every kind of record, in storages that list their keys or not.
import { resolveVideoRequest } from "@video-engine/video-models";
import { describe, expect, test } from "vitest";
import { encodeRecord } from "../core/journal-record.ts";
import type { GenerationState } from "../core/state.ts";
import { initial } from "../core/transition.ts";
import { createLocalLocks } from "../platform/local-locks.ts";
import type { KeyValueStorage } from "../platform-ports.ts";
import { createTestEngine, type TestEngineOptions } from "../testing/create-test-engine.ts";

const REQUEST = { model: "vid-veo-3.1-fast", prompt: "a corgi surfing", duration: 8 } as const;
const RECORD = (id: string): string => `video-engine:1:user:record:${id}`;
const MINUTE = 60_000;

interface Shelf extends KeyValueStorage {
  readonly items: Map<string, string>;
  isFull: boolean;
}

function createShelf(hasKeys: boolean): Shelf {
  const items = new Map<string, string>();
  const removeItem = async (key: string): Promise<void> => {
    if (shelf.isFull) throw new Error("The storage cannot be written.");
    items.delete(key);
  };
  const shelf: Shelf = {
    items,
    isFull: false,
    getItem: async (key) => items.get(key) ?? null,
    setItem: async (key, value) => void items.set(key, value),
    removeItem,
    keys: hasKeys ? async () => items.keys() : undefined,
  };
  return shelf;
}

interface OpenOptions extends TestEngineOptions {
  readonly user?: string;
}

function createDevice(hasKeys: boolean) {
  const storage = createShelf(hasKeys);
  const locks = createLocalLocks();
  const open = ({ user = "user", ...options }: OpenOptions = {}) =>
    createTestEngine({
      retries: { settling: 1 },
      persistence: { storage, user, locks, onUnreadable: () => undefined },
      settings: { storage, user },
      ...options,
    });
  const put = async (id: string, text: string): Promise<void> => {
    storage.items.set(RECORD(id), text);
    if (!hasKeys) storage.items.set("video-engine:1:user:ids", id);
  };
  return { ...storage, storage, open, put, keys: () => [...storage.items.keys()] };
}

const { request } = resolveVideoRequest(REQUEST);
const [starting] = initial({
  id: "generation-1",
  request,
  credits: 208,
  createdAt: 0,
  guarantee: "at-most-once",
  isSubmitRepeatable: false,
});
const settledRecord = (settlement: "captured" | "released"): string =>
  encodeRecord({
    name: settlement === "captured" ? "completed" : "canceled",
    plan: starting.plan,
    held: { credits: "held" },
    decidedAt: 0,
    settlement,
    ...(settlement === "captured" ? { videos: ["https://videos.test/1.mp4"] } : {}),
  } as GenerationState); // one of the two, as it is written
const nextVersion = (): string => encodeRecord(starting).replace('{"v":1,', '{"v":99,');

const STORAGES = [
  ["a storage that lists its keys", true],
  ["a storage that does not", false],
] as const;

describe.each(STORAGES)("in %s, forget()", (_, hasKeys) => {
  test("has nothing to erase where nothing was stored, and nothing is stored after it", async () => {
    const { open, keys } = createDevice(hasKeys);
    expect(await open().engine.forget()).toEqual({ kept: [], givenUp: [] });
    expect(keys()).toEqual([]);
  });

  test("erases the settings at once, and shows those of the beginning", async () => {
    const { open, keys, storage } = createDevice(hasKeys);
    const { engine, clock } = open();
    engine.settings.select("pixverse-v5");
    engine.settings.update({ duration: 8 });
    await clock.flush();
    expect(keys()).toEqual(["video-engine:1:user:settings"]);
    await engine.forget();
    expect(keys()).toEqual([]);
    expect(engine.settings.getSnapshot()).toMatchObject({ isLoaded: true, model: "vid-veo-3.1", chosen: {} });
    engine.settings.update({ aspectRatio: "9:16" });
    await clock.flush();
    expect(JSON.parse(storage.items.get("video-engine:1:user:settings") ?? "")).toEqual({
      v: 1,
      model: "vid-veo-3.1",
      models: { "vid-veo-3.1": { aspectRatio: "9:16" } },
    });
  });

  test("erases settings that are being written, and never writes those that could not be", async () => {
    const { open, keys } = createDevice(hasKeys);
    const { engine, clock } = open();
    await engine.settings.load();
    engine.settings.update({ duration: 8 });
    const forgotten = engine.forget();
    await clock.flush();
    await forgotten;
    await clock.flush();
    expect(keys()).toEqual([]);
  });

  test.each(["captured", "released"] as const)(
    "erases an ended generation at once whose credits are %s, but whose record could not be removed",
    async (settlement) => {
      const { open, put, keys } = createDevice(hasKeys);
      await put("generation-1", settledRecord(settlement));
      expect(await open().engine.forget()).toEqual({ kept: [], givenUp: [] });
      expect(keys()).toEqual([]);
    },
  );

  test("erases an ended generation at once of which only the slot is left", async () => {
    const { open, keys } = createDevice(hasKeys);
    const { engine, clock, ledger } = open();
    ledger.failNext("closeSlot", { refused: "rate-limited" });
    const { outcome } = engine.generate(REQUEST);
    await clock.advance(5 * MINUTE);
    expect(await outcome).toMatchObject({ settlement: "captured" });
    expect(keys()).not.toEqual([]);
    expect(await engine.forget()).toEqual({ kept: [], givenUp: [] });
    expect(keys()).toEqual([]);
  });

  test("ends the watch of a job that timed out, whose credits were released", async () => {
    const { open, keys } = createDevice(hasKeys);
    const { engine, clock, api } = open({ jobMs: 24 * 60 * MINUTE });
    const { outcome } = engine.generate(REQUEST);
    await clock.advance(2 * 60 * MINUTE);
    expect(await outcome).toMatchObject({ status: "failed", settlement: "released" });
    expect(await engine.forget()).toEqual({ kept: [], givenUp: [] });
    const asked = api.calls.status;
    await clock.advance(12 * 60 * MINUTE);
    expect([keys(), api.calls.status]).toEqual([[], asked]);
  });

  test("erases one that ran when its job times out: it is not watched for a day more", async () => {
    const { open, keys } = createDevice(hasKeys);
    const { engine, clock, api, ledger } = open({ jobMs: 24 * 60 * MINUTE });
    const { outcome } = engine.generate(REQUEST);
    await clock.advance(5 * MINUTE);
    expect((await engine.forget()).kept).toMatchObject([{ reason: "holds-credits" }]);
    await clock.advance(2 * 60 * MINUTE);
    expect(await outcome).toMatchObject({ status: "failed", settlement: "released" });
    const asked = api.calls.status;
    await clock.advance(12 * 60 * MINUTE);
    expect([keys(), api.calls.status, clock.pending]).toEqual([[], asked, 0]);
    ledger.assertBalanced();
  });

  test.each([0, 20_000, 60_000])("keeps one that runs (after %i ms) until it is settled", async (ms) => {
    const { open, keys } = createDevice(hasKeys);
    const { engine, clock, ledger } = open();
    const { outcome } = engine.generate(REQUEST);
    if (ms === 0) await clock.flush();
    await clock.advance(ms);
    const { kept, givenUp } = await engine.forget();
    expect(kept).toMatchObject([{ id: "generation-1", reason: "holds-credits", snapshot: { status: "running" } }]);
    expect(givenUp).toEqual([]);
    await clock.advance(5 * MINUTE);
    expect(await outcome).toMatchObject({ status: "completed", settlement: "captured" });
    expect((await engine.forget()).kept).toEqual([]);
    expect(keys()).toEqual([]);
    ledger.assertBalanced();
  });

  test("keeps one for the next sign-in, which settles and erases it", async () => {
    const { open, keys } = createDevice(hasKeys);
    const { engine, clock, ledger } = open();
    ledger.failNext("captureCredits", { refused: "rate-limited" });
    engine.generate(REQUEST);
    await clock.advance(5 * MINUTE);
    expect(await engine.forget()).toMatchObject({
      kept: [{ reason: "holds-credits", snapshot: { settlement: "held" } }],
    });
    await engine.resume();
    await clock.advance(MINUTE);
    expect(engine.list()).toMatchObject([{ settlement: "captured" }]);
    await engine.forget();
    expect(keys()).toEqual([]);
  });
});

describe.each(STORAGES)("in %s, forget() of what is held, of others or unreadable", (_, hasKeys) => {
  test.each(["held", "unknown"] as const)(
    "gives up credits that are %s by force only, and says which",
    async (settlement) => {
      const { open, keys } = createDevice(hasKeys);
      const { engine, clock, ledger } = open();
      ledger.failNext("captureCredits", settlement === "held" ? { refused: "rate-limited" } : "answer-lost");
      engine.generate(REQUEST);
      await clock.advance(5 * MINUTE);
      expect(await engine.forget()).toMatchObject({ kept: [{ snapshot: { settlement } }], givenUp: [] });
      expect(await engine.forget({ force: true })).toMatchObject({
        kept: [],
        givenUp: [{ id: "generation-1", reason: "holds-credits", snapshot: { settlement, credits: 208 } }],
      });
      expect(keys()).toEqual([]);
    },
  );

  test("stops one that runs here by force, and it is not stored again", async () => {
    const { open, keys } = createDevice(hasKeys);
    const { engine, clock, api } = open();
    engine.generate(REQUEST);
    await clock.advance(20_000);
    expect(await engine.forget({ force: true })).toMatchObject({
      kept: [],
      givenUp: [{ snapshot: { phase: "polling" } }],
    });
    const asked = api.calls.status;
    await clock.advance(60 * MINUTE);
    expect([keys(), api.calls.status, clock.pending]).toEqual([[], asked, 0]);
    expect(await engine.resume()).toEqual([]);
  });

  test("leaves one to the tab that runs it, also by force", async () => {
    const { open, storage } = createDevice(hasKeys);
    const [runner, other] = [open(), open()];
    runner.engine.generate(REQUEST);
    await runner.clock.advance(20_000);
    expect(await other.engine.forget()).toMatchObject({ kept: [{ reason: "holds-credits" }], givenUp: [] });
    expect(await other.engine.forget({ force: true })).toMatchObject({ kept: [{ reason: "elsewhere" }], givenUp: [] });
    expect(storage.items.has(RECORD("generation-1"))).toBe(true);
    await runner.clock.advance(5 * MINUTE);
    expect(runner.engine.list()).toMatchObject([{ settlement: "captured" }]);
  });

  test.each([
    ["of a newer version", nextVersion],
    ["that is broken", () => "{"],
  ])("keeps a record %s, which may hold credits, and erases it by force only", async (_name, makeText) => {
    const { open, put, keys } = createDevice(hasKeys);
    await put("generation-1", makeText());
    const kept = [{ id: "generation-1", reason: "unreadable", snapshot: undefined }];
    expect(await open().engine.forget()).toEqual({ kept, givenUp: [] });
    expect(keys()).not.toEqual([]);
    expect(await open().engine.forget()).toEqual({ kept, givenUp: [] });
    expect(await open().engine.forget({ force: true })).toEqual({ kept: [], givenUp: kept });
    expect(keys()).toEqual([]);
  });

  test("touches nothing of another user", async () => {
    const { open, keys } = createDevice(hasKeys);
    const [other, own] = [open({ user: "other" }), open()];
    other.engine.generate(REQUEST);
    other.engine.settings.update({ duration: 4 });
    await other.clock.advance(20_000);
    const before = keys();
    expect(await own.engine.forget({ force: true })).toEqual({ kept: [], givenUp: [] });
    expect(keys()).toEqual(before);
  });

  test("rejects where the storage fails, and finishes when it is called again", async () => {
    const { open, put, keys, storage } = createDevice(hasKeys);
    await put("generation-1", settledRecord("captured"));
    const { engine } = open();
    storage.isFull = true;
    await expect(engine.forget()).rejects.toMatchObject({ code: "storage-failed", retryable: true });
    storage.isFull = false;
    await engine.forget();
    expect(keys()).toEqual([]);
  });

  test("rejects where the settings cannot be erased, and the form is empty all the same", async () => {
    const { open, storage } = createDevice(hasKeys);
    const { engine } = open();
    engine.settings.update({ duration: 4 });
    storage.isFull = true;
    await expect(engine.forget()).rejects.toMatchObject({ code: "storage-failed" });
    expect(engine.settings.getSnapshot().chosen).toEqual({});
  });

  test("rejects after dispose(), and erases nothing then", async () => {
    const { open, put, keys } = createDevice(hasKeys);
    await put("generation-1", settledRecord("captured"));
    const { engine } = open();
    engine.dispose();
    await expect(engine.forget()).rejects.toMatchObject({ code: "disposed" });
    expect(keys()).toContain(RECORD("generation-1"));
  });
});

test("without a storage forget() resets the settings, and has nothing to erase", async () => {
  const { engine } = createTestEngine();
  engine.settings.update({ duration: 4 });
  expect(await engine.forget({ force: true })).toEqual({ kept: [], givenUp: [] });
  expect(engine.settings.getSnapshot().chosen).toEqual({});
});
