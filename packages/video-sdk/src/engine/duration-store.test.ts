// What is kept of the durations of jobs, and what of a storage is believed.
import { describe, expect, test, vi } from "vitest";
import { createMemoryStorage } from "../platform/memory-storage.ts";
import type { KeyValueStorage } from "../platform-ports.ts";
import { createTestEngine } from "../testing/create-test-engine.ts";
import { createDurationStore } from "./duration-store.ts";

const KEY = "video-engine:1:durations";
const MODEL = "vid-veo-3.1-fast";
const OTHER = "vid-veo-3.1";

describe("a storage", () => {
  test("keeps the last 32 durations of each model, for every store over it", async () => {
    const storage = createMemoryStorage();
    const [first, second] = [createDurationStore(storage), createDurationStore(storage)];
    await first.add(new Map([[MODEL, Array.from({ length: 30 }, (_, ms) => 1_000 + ms)]]));
    const all = await second.add(
      new Map([
        [MODEL, [1, 2, 3]],
        [OTHER, [60_000]],
      ]),
    );
    expect(all?.get(MODEL)).toHaveLength(32);
    expect(all?.get(MODEL)?.slice(-4)).toEqual([1_029, 1, 2, 3]);
    expect([await first.read(), await second.read()]).toEqual([all, all]);
  });

  test.each([
    ["no JSON", "{"],
    ["a text", '"vid-veo-3.1"'],
    ["null", "null"],
    ["a list", "[[1000]]"],
    ["what is no id", '{"__proto__":[1000],"":[1000],"a b":[1000]}'],
    ["no list", `{"${MODEL}":1000}`],
    ["no durations", `{"${MODEL}":["1000",null,-1,0,0.5,3600001,1e999,{"valueOf":1},[2000]]}`],
  ])("that has %s is as good as empty, and is written over", async (_, text) => {
    const storage = createMemoryStorage();
    await storage.setItem(KEY, text);
    const store = createDurationStore(storage);
    expect([...(await store.read()).values()].flat()).toEqual([]);
    await store.add(new Map([[OTHER, [60_000]]]));
    expect((await createDurationStore(storage).read()).get(OTHER)).toEqual([60_000]);
  });

  test("may be of a model that only a newer catalogue knows", async () => {
    const storage = createMemoryStorage();
    await storage.setItem(KEY, '{"vid-of-tomorrow":[60000]}');
    expect([...(await createDurationStore(storage).read())]).toEqual([["vid-of-tomorrow", [60_000]]]);
  });

  test("may hold more than is believed", async () => {
    const storage = createMemoryStorage();
    await storage.setItem(KEY, JSON.stringify({ [MODEL]: Array.from({ length: 10_000 }, () => 60_000) }));
    expect((await createDurationStore(storage).read()).get(MODEL)).toHaveLength(32);
  });
});

describe("an engine", () => {
  const open = (storage: KeyValueStorage) => {
    const told: (readonly number[] | undefined)[] = [];
    const world = createTestEngine({
      jobMs: 45_000,
      slots: 100,
      credits: 1_000_000,
      durations: createDurationStore(storage),
      polling({ seenMs }) {
        told.push(seenMs);
        return { waitMs: 10_000, isSlow: false, isOverdue: false };
      },
    });
    const generate = async (): Promise<void> => {
      const generation = world.engine.generate({ model: MODEL, prompt: "a corgi surfing", duration: 8 });
      await world.clock.advanceUntil(() => generation.getSnapshot().status !== "running");
      expect(generation.getSnapshot().status).toBe("completed");
      await world.clock.flush();
    };
    return { ...world, told, generate };
  };

  test("that is opened for each video goes on with what the last one learned", async () => {
    const storage = createMemoryStorage();
    await open(storage).generate();
    const second = open(storage);
    await second.generate();
    expect(second.told[0]).toEqual([45_000]);
  });

  test("writes at most once a minute, and then all that it has learned", async () => {
    const storage = createMemoryStorage();
    const setItem = vi.spyOn(storage, "setItem");
    const { engine, clock, generate } = open(storage);
    const three = Array.from({ length: 3 }, () => engine.generate({ model: MODEL, prompt: "a corgi", duration: 8 }));
    await clock.advanceUntil(() => three.every((one) => one.getSnapshot().status !== "running"));
    expect(setItem).toHaveBeenCalledTimes(1);
    await clock.advance(60_000);
    await generate();
    expect(setItem).toHaveBeenCalledTimes(2);
    expect((await createDurationStore(storage).read()).get(MODEL)).toEqual([45_000, 45_000, 45_000, 45_000]);
  });

  test("reads nothing before its first generation, and keeps what it was told when it is forgotten", async () => {
    const storage = createMemoryStorage();
    const getItem = vi.spyOn(storage, "getItem");
    const { engine, generate } = open(storage);
    expect(getItem).not.toHaveBeenCalled();
    await generate();
    await engine.forget();
    expect((await createDurationStore(storage).read()).get(MODEL)).toEqual([45_000]);
  });

  const fails = (): never => {
    throw new Error("full");
  };
  const hangs = (): Promise<never> => new Promise(() => undefined);
  test.each([
    ["cannot be read", { getItem: fails }],
    ["cannot be written", { setItem: fails }],
    ["never answers", { getItem: hangs, setItem: hangs }],
  ])("whose storage %s learns all the same", async (_, broken) => {
    const { generate, told } = open({ ...createMemoryStorage(), ...broken });
    await generate();
    told.length = 0;
    await generate();
    expect(told[0]).toEqual([45_000]);
  });
});
