// An app that saves videos elsewhere before their row shows them, through an engine with a storage: what the app sees, what is called, and
// what it costs an app that does not.
import { describe, expect, test } from "vitest";
import type { SaveVideos } from "../save-videos/save-videos.ts";
import type { Lifecycle, PauseReason } from "../platform-ports.ts";
import { copyOf, createDevice, request } from "./__fixtures__/saving-device.ts";

const never = (): Promise<never> => new Promise(() => undefined);

test("the user sees that the video is saved, and then the copy; it is charged once", async () => {
  const { clock, ledger, open, rows, isOver, items } = createDevice();
  const seen: string[] = [];
  let release = (): void => undefined;
  const engine = open(async (videos) => {
    await new Promise<void>((resolve) => (release = resolve));
    return copyOf(videos);
  });
  const generation = engine.generate(request);
  generation.subscribe(
    () => void seen.push(`${generation.getSnapshot().phase} ${generation.getSnapshot().settlement}`),
  );
  await clock.advanceUntil(() => generation.getSnapshot().phase === "saving");
  expect([...items.values()].join()).toContain("https://videos.test/job-1.mp4");
  expect(rows()).toEqual([]);
  await clock.advance(20_000);
  expect(generation.getSnapshot()).toMatchObject({ phase: "saving", isPaused: false, settlement: "held" });
  release();
  await clock.advanceUntil(isOver(engine));
  expect(rows()).toEqual(["https://copies.test/job-1.mp4"]);
  expect((await generation.result).videos).toEqual(["https://copies.test/job-1.mp4"]);
  expect(ledger.books).toMatchObject({ captured: generation.getSnapshot().credits, reserved: 0 });
  expect(items.size).toBe(0);
});

describe.each<[string, SaveVideos]>([
  [
    "throws at once",
    () => {
      throw new Error("no disk");
    },
  ],
  ["rejects", () => Promise.reject(new Error("no disk"))],
  ["never answers", never],
  ["returns nothing", () => []],
])("a callback that %s", (_, failing) => {
  test("saves the provider's address, says why, and is called again at the next start, which updates the row", async () => {
    const { clock, ledger, open, rows, isOver, events, items } = createDevice();
    const first = open(failing);
    const generation = first.generate(request);
    await clock.advanceUntil(isOver(first));
    expect(rows()).toEqual(["https://videos.test/job-1.mp4"]);
    expect(generation.getSnapshot()).toMatchObject({ status: "completed", settlement: "captured" });
    expect(events).toContainEqual(expect.objectContaining({ type: "effect-failed", effect: "save-videos" }));
    first.dispose();
    const second = open((videos) => copyOf(videos));
    void second.resume();
    await clock.advanceUntil(() => items.size === 0);
    expect(rows()).toEqual(["https://copies.test/job-1.mp4"]);
    expect(second.list()).toMatchObject([{ status: "completed", settlement: "captured", videos: rows() }]);
    expect(ledger.calls.filter((call) => call === "captureCredits")).toHaveLength(1);
  });
});

test("the app comes back, and resumes without a restart: that is a next start too", async () => {
  const { clock, open, rows, isOver, items } = createDevice();
  let isBroken = true;
  const engine = open((videos) => (isBroken ? [] : copyOf(videos)));
  engine.generate(request);
  await clock.advanceUntil(isOver(engine));
  isBroken = false;
  void engine.resume();
  await clock.advanceUntil(() => items.size === 0);
  expect(rows()).toEqual(["https://copies.test/job-1.mp4"]);
});

test("a user who comes and goes while the app's storage is away for half an hour still gets the copy", async () => {
  const { lifecycle, set } = switchable();
  const { clock, open, rows, isOver, items } = createDevice({ lifecycle });
  let [isAway, calls] = [true, 0];
  const engine = open((videos) => {
    calls++;
    return isAway ? [] : copyOf(videos);
  });
  await engine.resume();
  engine.generate(request);
  await clock.advanceUntil(() => engine.list().length > 0 && isOver(engine)());
  const comeAndGo = async (times: number, everyMs: number): Promise<void> => {
    for (let time = 0; time < times; time++) {
      set("background");
      await clock.advance(everyMs);
      set(undefined);
      await clock.advance(1_000);
    }
  };
  await comeAndGo(20, 10_000);
  expect(calls).toBe(3);
  await comeAndGo(10, 3 * 60_000);
  expect([calls, rows()]).toEqual([4, ["https://videos.test/job-1.mp4"]]);
  isAway = false;
  await comeAndGo(2, 30 * 60_000);
  expect([calls, rows(), items.size]).toEqual([5, ["https://copies.test/job-1.mp4"], 0]);
});

/** A lifecycle that a test sets. */
function switchable(): { lifecycle: Lifecycle; set(pause: PauseReason | undefined): void } {
  const listeners = new Set<() => void>();
  let pause: PauseReason | undefined;
  return {
    lifecycle: {
      getPause: () => pause,
      subscribe(listener) {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
    },
    set(next) {
      pause = next;
      for (const listener of [...listeners]) listener();
    },
  };
}

test("the app is closed meanwhile: its signal is aborted, and the next start calls it again before the row", async () => {
  const { clock, ledger, open, rows, isOver } = createDevice();
  const signals: AbortSignal[] = [];
  const first = open((_, { signal }) => {
    signals.push(signal);
    return never();
  });
  first.generate(request);
  await clock.advanceUntil(() => signals.length > 0);
  first.dispose();
  expect(signals.map(({ aborted }) => aborted)).toEqual([true]);
  await clock.flush();
  const second = open((videos) => copyOf(videos));
  void second.resume();
  await clock.advanceUntil(() => second.list().length > 0 && isOver(second)());
  expect(rows()).toEqual(["https://copies.test/job-1.mp4"]);
  expect(ledger.calls.filter((call) => call === "captureCredits" || call === "updateRow")).toHaveLength(3);
  ledger.assertBalanced();
});

test("canceled meanwhile: too late, the video is delivered and charged for", async () => {
  const { clock, ledger, open, rows, isOver } = createDevice();
  const controller = new AbortController();
  const engine = open((videos) => {
    controller.abort();
    return copyOf(videos);
  });
  const generation = engine.generate(request, { signal: controller.signal });
  await clock.advanceUntil(isOver(engine));
  expect(generation.getSnapshot()).toMatchObject({ status: "completed", settlement: "captured", videos: rows() });
  ledger.assertBalanced();
});

test("a late video of a job that has timed out is saved elsewhere too, and not charged for", async () => {
  const { clock, ledger, api, open, rows } = createDevice({ jobMs: 2 * 3_600_000 });
  api.answerCancelWith("unsupported");
  const engine = open((videos) => copyOf(videos));
  const generation = engine.generate(request);
  await clock.advanceUntil(() => generation.getSnapshot().status === "failed");
  await clock.advanceUntil(() => rows().length > 0);
  expect(rows()).toEqual(["https://copies.test/job-1.mp4"]);
  expect(ledger.books.captured).toBe(0);
});

test("an app without it: as many writes and calls as ever, and nothing of it in a record", async () => {
  const played = async (saveVideos?: SaveVideos) => {
    const { clock, ledger, api, open, isOver, writes } = createDevice();
    const engine = open(saveVideos);
    engine.generate(request);
    await clock.advanceUntil(isOver(engine));
    return { calls: ledger.calls, asked: api.calls, writes: writes() };
  };
  const without = await played();
  expect(without.calls).toEqual([
    "acquireSlot",
    "reserveCredits",
    "createSession",
    "recordRow",
    "updateRow",
    "updateRow",
    "captureCredits",
    "closeSlot",
  ]);
  const saving = await played((videos) => copyOf(videos));
  expect(saving).toEqual({ ...without, writes: without.writes + 1 });
});

test("offline, with a network that works all the same: nothing of it waits for the sign of the device", async () => {
  const lifecycle: Lifecycle = { getPause: (): PauseReason => "offline", subscribe: () => () => undefined };
  const { clock, open, rows, isOver } = createDevice({ lifecycle });
  const engine = open((videos) => copyOf(videos));
  engine.generate(request);
  await clock.advanceUntil(isOver(engine));
  expect(rows()).toEqual(["https://copies.test/job-1.mp4"]);
});
