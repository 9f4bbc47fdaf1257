// Two versions of this package over one storage: an updated tab and an old one. The later version is this engine behind a
// storage that stamps its records with a number that it does not know.
import { describe, expect, test } from "vitest";
import { defaultPollingPolicy } from "../core/polling-policy.ts";
import { createLocalLocks } from "../platform/local-locks.ts";
import type { KeyValueStorage } from "../platform-ports.ts";
import { createFakeLedger } from "../testing/fake-ledger.ts";
import { createFakeVideoApi } from "../testing/fake-video-api.ts";
import { createTestClock } from "../testing/test-clock.ts";
import { createEngine, type GenerationEngine } from "./create-engine.ts";
import type { UnreadableRecord } from "./journal.ts";

const request = { model: "vid-veo-3.1-fast", prompt: "a corgi surfing", duration: 8 } as const;
const RECORD = (id: string): string => `video-engine:1:user-1:record:${id}`;

function createStorages(hasKeys: boolean): {
  now: KeyValueStorage;
  later: KeyValueStorage;
  items: Map<string, string>;
} {
  const items = new Map<string, string>();
  const now: KeyValueStorage = {
    getItem: (key) => items.get(key) ?? null,
    setItem: (key, value) => void items.set(key, value),
    removeItem: (key) => void items.delete(key),
    keys: hasKeys ? () => [...items.keys()] : undefined,
  };
  const later: KeyValueStorage = {
    ...now,
    getItem: (key) => items.get(key)?.replace(/^\{"v":99,/, '{"v":1,') ?? null,
    setItem: (key, value) => void items.set(key, value.replace(/^\{"v":1,/, '{"v":99,')),
  };
  return { now, later, items };
}

function createDevice(hasKeys: boolean) {
  const clock = createTestClock();
  const ledger = createFakeLedger({ guarantee: "exactly-once", now: () => clock.now() });
  const api = createFakeVideoApi({ clock, isSubmitRepeatable: true });
  const storages = createStorages(hasKeys);
  const locks = createLocalLocks();
  const reports: UnreadableRecord[] = [];
  let ids = 0;
  const open = (version: "now" | "later"): GenerationEngine =>
    createEngine({
      ledger,
      api,
      polling: defaultPollingPolicy,
      platform: { clock, random: () => 0.5, createId: () => `generation-${++ids}` },
      persistence: {
        storage: storages[version],
        locks,
        user: "user-1",
        onUnreadable: (record) => void reports.push(record),
      },
    });
  const resume = async (engine: GenerationEngine, adopt = false): Promise<readonly string[]> => {
    let ids: readonly string[] | undefined;
    void engine.resume({ adopt }).then((generations) => (ids = generations.map(({ id }) => id)));
    await clock.advanceUntil(() => ids !== undefined);
    return ids ?? [];
  };
  const finish = (engine: GenerationEngine): Promise<void> =>
    clock.advanceUntil(() => engine.list().every(({ status }) => status !== "running"));
  return { clock, ledger, api, reports, open, resume, finish, items: storages.items };
}

describe.each([
  ["a storage that lists its keys", true],
  ["a storage without", false],
])("in %s, a tab of an earlier version", (_, hasKeys) => {
  test("leaves a later version's generation alone, while it runs and after it was closed, and says so once", async () => {
    const device = createDevice(hasKeys);
    const later = device.open("later");
    later.generate(request);
    await device.clock.advance(40_000);
    const earlier = device.open("now");
    expect(await device.resume(earlier, true)).toEqual([]);
    later.dispose();
    await device.clock.advance(3_600_000);
    const text = device.items.get(RECORD("generation-1"));
    expect(await device.resume(earlier, true)).toEqual([]);
    expect(device.reports).toEqual([{ id: "generation-1", reason: "newer-version", setAsideKey: undefined }]);
    expect(device.items.get(RECORD("generation-1"))).toBe(text);
    const again = device.open("later");
    expect(await device.resume(again)).toEqual(["generation-1"]);
    await device.finish(again);
    expect(again.list()).toMatchObject([{ status: "completed", settlement: "captured" }]);
    expect(device.api.jobs).toHaveLength(1);
    device.ledger.assertBalanced();
  });

  test("makes its own beside it, and neither loses the other's", async () => {
    const device = createDevice(hasKeys);
    const [later, earlier] = [device.open("later"), device.open("now")];
    later.generate(request);
    earlier.generate(request);
    await device.clock.advance(40_000);
    for (const engine of [later, earlier]) engine.dispose();
    await device.clock.advance(60_000);
    const back = device.open("now");
    expect(await device.resume(back)).toEqual(["generation-2"]);
    await device.finish(back);
    const newest = device.open("later");
    expect(await device.resume(newest)).toEqual(["generation-1"]);
    await device.finish(newest);
    expect(device.ledger.books).toMatchObject({ reserved: 0, captured: 416 });
    device.ledger.assertBalanced();
  });

  test("is finished by the later version, which reads what it wrote", async () => {
    const device = createDevice(hasKeys);
    const earlier = device.open("now");
    earlier.generate(request);
    await device.clock.advance(40_000);
    earlier.dispose();
    const later = device.open("later");
    expect(await device.resume(later)).toEqual(["generation-1"]);
    await device.finish(later);
    expect(later.list()).toMatchObject([{ status: "completed", settlement: "captured" }]);
    expect(device.reports).toEqual([]);
    device.ledger.assertBalanced();
  });
});
