// The app resumes once, at its start. Whatever happens while it is away, the engine goes on by itself when it is back.
import { describe, expect, test, vi } from "vitest";
import type { Lifecycle, PauseReason } from "../platform-ports.ts";
import { createTestClock } from "../testing/test-clock.ts";
import { createBrowser } from "./__fixtures__/browser-tabs.ts";
import { createResumeOnReturn } from "./resume-on-return.ts";

const HOUR_MS = 3_600_000;

function open({ pause: first }: { readonly pause?: PauseReason } = {}) {
  const clock = createTestClock();
  const listeners = new Set<() => void>();
  let pause = first;
  const lifecycle: Lifecycle = {
    getPause: () => pause,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  const become = (next: PauseReason | undefined): void => {
    pause = next;
    for (const listener of [...listeners]) listener();
  };
  const resume = vi.fn(() => Promise.resolve(["generation-1"]));
  const [stop, reconcile] = [vi.fn(), vi.fn(() => Promise.resolve([]))];
  const recovery = { resumeAll: resume, stop };
  const onReturn = createResumeOnReturn({ lifecycle, clock, recovery, reconcile: { run: reconcile, stop } });
  /** As the app does once, at its start. */
  const start = async (): Promise<void> => {
    expect(await onReturn.resume({})).toEqual(["generation-1"]);
    resume.mockClear();
  };
  return { clock, listeners, become, resume, reconcile, start, stop: onReturn.stop };
}

describe("an app that comes back", () => {
  test.each(["background", "offline"] as const)("from %s resumes once, and looks at doubts once", async (pause) => {
    const { clock, become, resume, reconcile, start } = open();
    await start();
    expect(resume).not.toHaveBeenCalled();
    become(pause);
    await clock.advance(HOUR_MS);
    expect(resume).not.toHaveBeenCalled();
    become(undefined);
    await clock.advance(HOUR_MS);
    expect([resume.mock.calls.length, reconcile.mock.calls.length]).toEqual([1, 1]);
  });

  test("by way of another pause resumes when nothing holds it back any more", async () => {
    const { clock, become, resume, start } = open();
    await start();
    await clock.advance(HOUR_MS);
    become("background");
    become("offline");
    become("background");
    expect(resume).not.toHaveBeenCalled();
    become(undefined);
    expect(resume).toHaveBeenCalledTimes(1);
  });

  test("that was opened in the background resumes when it is looked at", async () => {
    const { clock, become, resume, start } = open({ pause: "background" });
    await start();
    await clock.advance(HOUR_MS);
    become(undefined);
    expect(resume).toHaveBeenCalledTimes(1);
  });

  test("from a night's sleep, or to a clock that was set back, resumes once and soon", async () => {
    const { clock, become, resume, start } = open();
    await start();
    become("background");
    clock.jump(8 * HOUR_MS);
    become(undefined);
    expect(resume).toHaveBeenCalledTimes(1);
    clock.jump(-8 * HOUR_MS);
    become("background");
    become(undefined);
    await clock.advance(5_000);
    expect(resume).toHaveBeenCalledTimes(2);
  });

  test("after a failure is tried again at the next return", async () => {
    const { clock, become, resume, start } = open();
    await start();
    resume.mockRejectedValueOnce(new Error("the storage is gone"));
    for (const pause of ["background", undefined, "background", undefined] as const) {
      await clock.advance(HOUR_MS);
      become(pause);
    }
    expect(resume).toHaveBeenCalledTimes(2);
  });
});

describe("no storm", () => {
  test("a thousand returns in ten seconds resume every five seconds, and the last of them counts", async () => {
    const { clock, become, resume, start } = open();
    await start();
    for (let returns = 0; returns < 1_000; returns++) {
      become("background");
      become(undefined);
      await clock.advance(10);
    }
    expect(resume.mock.calls.length).toBeLessThanOrEqual(2);
    await clock.advance(HOUR_MS);
    expect(resume).toHaveBeenCalledTimes(2);
    expect(clock.pending).toBe(0);
  });

  test("one that leaves again before its turn resumes when it is back", async () => {
    const { clock, become, resume, start } = open();
    await start();
    become("background");
    become(undefined);
    become("background");
    await clock.advance(HOUR_MS);
    expect(resume).not.toHaveBeenCalled();
    become(undefined);
    expect(resume).toHaveBeenCalledTimes(1);
  });
});

describe("listening", () => {
  test("begins with the app's first resume, and is done once", async () => {
    const { listeners, become, resume, start } = open();
    become("background");
    become(undefined);
    expect([listeners.size, resume.mock.calls.length]).toEqual([0, 0]);
    await start();
    await start();
    expect(listeners.size).toBe(1);
  });

  test("ends with stop, and leaves no timer", async () => {
    const { clock, listeners, become, start, stop } = open();
    await start();
    become("background");
    become(undefined);
    expect(clock.pending).toBe(1);
    stop();
    expect([listeners.size, clock.pending]).toEqual([0, 0]);
  });

  test("needs neither a lifecycle nor a storage", async () => {
    const reconcile = { run: vi.fn(() => Promise.resolve([])), stop: vi.fn() };
    const nothing = { lifecycle: undefined, recovery: undefined, reconcile };
    const onReturn = createResumeOnReturn({ ...nothing, clock: createTestClock() });
    expect(await onReturn.resume({})).toEqual([]);
    onReturn.stop();
    expect(reconcile.run).not.toHaveBeenCalled();
  });
});

describe("the engine", () => {
  const request = { model: "vid-veo-3.1-fast", prompt: "a corgi surfing", duration: 8 } as const;

  test("finds on return what another tab has left, with no call of the app and no channel between them", async () => {
    const browser = createBrowser({ hasChannel: false });
    const { engine, hide } = await browser.openTab();
    await hide();
    const { engine: other } = await browser.openTab();
    other.generate(request);
    await browser.clock.advance(20_000);
    other.dispose();
    await browser.clock.advance(60_000);
    expect(engine.list()).toEqual([]);
    await hide(false);
    await browser.clock.advanceUntil(() => engine.list()[0]?.status === "completed");
    expect(browser.api.jobs).toHaveLength(1);
    browser.ledger.assertBalanced();
  });

  test("tries again on return what a failing backend has left open", async () => {
    const browser = createBrowser({ retries: { settling: 1 } });
    const { engine, hide } = await browser.openTab();
    const handle = engine.generate(request);
    browser.ledger.failNext("captureCredits", { refused: "internal" });
    await browser.clock.advanceUntil(() => handle.getSnapshot().status === "completed");
    await browser.clock.advance(HOUR_MS);
    expect(engine.unresolved()).toMatchObject([{ settlement: "held" }]);
    await hide();
    await hide(false);
    await browser.clock.advance(60_000);
    expect(engine.unresolved()).toEqual([]);
    browser.ledger.assertBalanced();
  });

  test("two tabs that come back at the same time drive each generation once", async () => {
    const browser = createBrowser();
    const tabs = [await browser.openTab(), await browser.openTab()] as const;
    const { engine: gone } = await browser.openTab();
    gone.generate(request);
    await browser.clock.advance(20_000);
    for (const { hide } of tabs) await hide();
    gone.dispose();
    for (const { hide } of tabs) void hide(false);
    await browser.clock.advanceUntil(() => tabs.some(({ engine }) => engine.list()[0]?.status === "completed"));
    await browser.clock.advance(HOUR_MS);
    expect([browser.api.jobs.length, browser.api.calls.submit]).toEqual([1, 1]);
    browser.ledger.assertBalanced();
  });

  test("that is disposed of listens no more", async () => {
    const { openTab } = createBrowser();
    const { engine, listeners } = await openTab();
    expect(listeners.size).toBeGreaterThan(0);
    engine.dispose();
    expect(listeners.size).toBe(0);
  });
});
