// Several engines over one storage: a closed app and its next start, two tabs, two users.
import { describe, expect, test } from "vitest";
import { defaultPollingPolicy } from "../core/polling-policy.ts";
import { createLocalLocks } from "../platform/local-locks.ts";
import { createMemoryStorage } from "../platform/memory-storage.ts";
import { createFakeLedger } from "../testing/fake-ledger.ts";
import { createFakeVideoApi } from "../testing/fake-video-api.ts";
import { createTestClock } from "../testing/test-clock.ts";
import { createEngine, type GenerationEngine } from "./create-engine.ts";

const request = { model: "vid-veo-3.1-fast", prompt: "a corgi surfing", duration: 8 } as const;

function createDevice() {
  const clock = createTestClock();
  const ledger = createFakeLedger();
  const api = createFakeVideoApi({ clock });
  const storage = createMemoryStorage();
  const locks = createLocalLocks();
  const setAside: string[] = [];
  let ids = 0;
  const open = (user = "user-1"): GenerationEngine =>
    createEngine({
      ledger,
      api,
      polling: defaultPollingPolicy,
      platform: { clock, random: () => 0.5, createId: () => `generation-${++ids}` },
      persistence: { storage, locks, user, onUnreadable: ({ reason }) => void setAside.push(reason) },
    });
  return { clock, ledger, api, storage, setAside, open };
}

async function resumed({ clock }: { clock: ReturnType<typeof createTestClock> }, engine: GenerationEngine) {
  let count: number | undefined;
  void engine.resume().then((generations) => (count = generations.length));
  await clock.advanceUntil(() => count !== undefined);
  return count;
}

describe("an app that was closed while the provider worked", () => {
  test("resumes its generation at the next start: one job, one charge, one video", async () => {
    const device = createDevice();
    const first = device.open();
    first.generate(request);
    await device.clock.advance(40_000);
    first.dispose();
    expect(device.clock.pending).toBe(0);
    await device.clock.advance(3_600_000);
    const second = device.open();
    expect(await resumed(device, second)).toBe(1);
    await device.clock.advanceUntil(() => second.list()[0]?.status === "completed");
    expect(second.list()[0]).toMatchObject({ settlement: "captured", prompt: "" });
    expect(device.api.jobs).toHaveLength(1);
    device.ledger.assertBalanced();
    expect(await resumed(device, device.open())).toBe(0);
  });

  test("asks about it once, however long it was closed", async () => {
    const device = createDevice();
    const first = device.open();
    first.generate(request);
    await device.clock.advance(40_000);
    first.dispose();
    const asked = device.api.calls.status;
    device.clock.jump(8 * 3_600_000);
    const second = device.open();
    await resumed(device, second);
    await device.clock.advanceUntil(() => second.list()[0]?.status === "completed");
    expect(device.api.calls.status - asked).toBe(1);
  });

  test("resumes twice without doing anything twice", async () => {
    const device = createDevice();
    const first = device.open();
    first.generate(request);
    await device.clock.advance(40_000);
    first.dispose();
    const second = device.open();
    expect(await resumed(device, second)).toBe(1);
    expect(await resumed(device, second)).toBe(1);
    expect(second.list()).toHaveLength(1);
    await device.clock.advanceUntil(() => second.list()[0]?.status === "completed");
    device.ledger.assertBalanced();
  });
});

describe("two tabs", () => {
  test("one drives, the other leaves it alone; when the first is closed the other takes over", async () => {
    const device = createDevice();
    const [left, right] = [device.open(), device.open()];
    left.generate(request);
    await device.clock.advance(35_000);
    expect(await resumed(device, right)).toBe(0);
    left.dispose();
    await device.clock.flush();
    expect(await resumed(device, right)).toBe(1);
    await device.clock.advanceUntil(() => right.list()[0]?.status === "completed");
    expect(device.api.jobs).toHaveLength(1);
    device.ledger.assertBalanced();
  });
});

describe("two users", () => {
  test("neither sees nor settles what the other has left", async () => {
    const device = createDevice();
    const first = device.open("user-1");
    first.generate(request);
    await device.clock.advance(40_000);
    first.dispose();
    const stranger = device.open("user-2");
    expect(await resumed(device, stranger)).toBe(0);
    expect(device.ledger.books).toMatchObject({ reserved: 208, captured: 0, released: 0 });
  });
});

describe("a storage that cannot be relied on", () => {
  test("an unreadable record is set aside and reported, never dropped", async () => {
    const device = createDevice();
    const first = device.open();
    first.generate(request);
    await device.clock.advance(40_000);
    first.dispose();
    await device.storage.setItem("video-engine:1:user-1:record:generation-1", '{"v":1,"sum":0,"body":"torn');
    expect(await resumed(device, device.open())).toBe(0);
    expect(device.setAside).toEqual(["torn"]);
    expect(await device.storage.getItem("video-engine:1:user-1:set-aside:generation-1")).toContain("torn");
  });

  test("one that takes no first record refuses the generation before anything is called", async () => {
    const device = createDevice();
    device.storage.setItem = () => Promise.reject(new Error("The storage is full."));
    const generation = device.open().generate(request);
    await device.clock.advanceUntil(() => generation.getSnapshot().status !== "running");
    expect(generation.getSnapshot()).toMatchObject({
      status: "failed",
      settlement: "none",
      error: { code: "storage-failed" },
    });
    expect(device.ledger.calls).toEqual([]);
  });
});

test("a second tap with the same key gets the handle that runs, and a new generation once it has ended", async () => {
  const device = createDevice();
  const engine = device.open();
  const first = engine.generate(request, { clientKey: "tap" });
  expect(engine.generate(request, { clientKey: "tap" })).toBe(first);
  await device.clock.advanceUntil(() => first.getSnapshot().status === "completed");
  await device.clock.flush();
  expect(engine.generate(request, { clientKey: "tap" })).not.toBe(first);
});
