// An app that goes offline or into the background: no useless question is asked, and a return is noticed at once.
import { describe, expect, test } from "vitest";
import { defaultPollingPolicy } from "../core/polling-policy.ts";
import type { Lifecycle, PauseReason } from "../ports.ts";
import { createFakeLedger } from "../testing/fake-ledger.ts";
import { createFakeVideoApi } from "../testing/fake-video-api.ts";
import { createTestClock } from "../testing/test-clock.ts";
import { createEngine } from "./create-engine.ts";

const request = { model: "vid-veo-3.1-fast", prompt: "a corgi surfing", duration: 8 } as const;
const HOUR = 3_600_000;

function openApp() {
  const clock = createTestClock();
  const ledger = createFakeLedger();
  const api = createFakeVideoApi({ clock });
  const listeners = new Set<() => void>();
  let pause: PauseReason | undefined;
  const lifecycle: Lifecycle = {
    getPause: () => pause,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  const engine = createEngine({
    ledger,
    api,
    polling: defaultPollingPolicy,
    lifecycle,
    platform: { clock, random: () => 0.5, createId: () => "generation-1" },
  });
  const become = async (next: PauseReason | undefined): Promise<void> => {
    pause = next;
    for (const listener of [...listeners]) listener();
    await clock.flush();
  };
  return { clock, ledger, api, engine, listeners, become };
}

describe.each(["offline", "background"] as const)("%s while the provider works", (pause) => {
  test("asks nothing for eight hours, shows a pause, and asks once on return", async () => {
    const app = openApp();
    const handle = app.engine.generate(request);
    await app.clock.advance(20_000);
    await app.become(pause);
    expect(handle.getSnapshot()).toMatchObject({ isPaused: true, pauseReason: pause, status: "running" });
    const asked = app.api.calls.status;
    await app.clock.advance(8 * HOUR);
    expect(app.api.calls.status).toBe(asked);
    await app.become(undefined);
    expect(app.api.calls.status).toBe(asked + 1);
    expect((await handle.outcome).status).toBe("completed");
    expect(handle.getSnapshot()).toMatchObject({ isPaused: false, pauseReason: undefined });
    app.ledger.assertBalanced();
  });

  test("a return before the next question is due asks at once, and not twice", async () => {
    const app = openApp();
    const handle = app.engine.generate(request);
    await app.clock.advance(60_000);
    await app.become(pause);
    await app.clock.advance(2_500);
    const asked = app.api.calls.status;
    await app.become(undefined);
    await app.become(pause);
    await app.become(undefined);
    expect(app.api.calls.status).toBe(asked + 1);
    await app.clock.advanceUntil(() => handle.getSnapshot().status === "completed");
  });

  test("nothing listens any more when it is over, detached or disposed of", async () => {
    const done = openApp();
    const handle = done.engine.generate(request);
    await done.clock.advanceUntil(() => handle.getSnapshot().status === "completed");
    await done.clock.flush();
    expect(done.listeners.size).toBe(0);
    const left = openApp();
    const detached = left.engine.generate(request);
    await left.clock.advance(20_000);
    await left.become(pause);
    detached.detach();
    expect(left.listeners.size).toBe(0);
    expect(left.clock.pending).toBe(0);
    const disposed = openApp();
    disposed.engine.generate(request);
    await disposed.clock.advance(20_000);
    disposed.engine.dispose();
    expect(disposed.listeners.size).toBe(0);
  });
});

test("in the background the books are still settled", async () => {
  const app = openApp();
  const handle = app.engine.generate(request);
  app.ledger.failNext("captureCredits", { refused: "rate-limited" });
  await app.clock.advanceUntil(() => handle.getSnapshot().phase === "settling");
  await app.become("background");
  await app.clock.advance(60_000);
  expect(handle.getSnapshot()).toMatchObject({ status: "completed", settlement: "captured" });
});

test("offline a repeat waits for the network, and comes with it", async () => {
  const app = openApp();
  app.ledger.failNext("acquireSlot", { refused: "unreachable" });
  const handle = app.engine.generate(request);
  await app.clock.flush();
  await app.become("offline");
  expect(handle.getSnapshot()).toMatchObject({ phase: "acquiring-slot", isPaused: true });
  await app.clock.advance(HOUR);
  expect(app.ledger.calls).toEqual(["acquireSlot"]);
  await app.become(undefined);
  await app.clock.advanceUntil(() => handle.getSnapshot().status === "completed");
  app.ledger.assertBalanced();
});
