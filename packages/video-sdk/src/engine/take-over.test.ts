// Two tabs over one storage: one drives, and when it dies the other resumes by itself, without a reload.
import { describe, expect, test } from "vitest";
import { defaultPollingPolicy } from "../core/polling-policy.ts";
import { createLocalLocks } from "../platform/local-locks.ts";
import { createMemoryStorage } from "../platform/memory-storage.ts";
import type { TabChannel } from "../ports.ts";
import { createFakeLedger } from "../testing/fake-ledger.ts";
import { createFakeVideoApi } from "../testing/fake-video-api.ts";
import { createTestClock } from "../testing/test-clock.ts";
import { createEngine, type GenerationEngine } from "./create-engine.ts";

const request = { model: "vid-veo-3.1-fast", prompt: "a corgi surfing", duration: 8 } as const;

/** A channel between tabs: the others receive what one posts. */
function createChannel() {
  const ears = new Map<object, Set<(id: string) => void>>();
  const join = (): TabChannel => {
    const own = new Set<(id: string) => void>();
    ears.set(own, own);
    return {
      post(id) {
        for (const other of ears.values()) if (other !== own) for (const hear of other) hear(id);
      },
      subscribe(listener) {
        own.add(listener);
        return () => own.delete(listener);
      },
    };
  };
  return { join, listening: () => [...ears.values()].reduce((sum, { size }) => sum + size, 0) };
}

function createBrowser() {
  const clock = createTestClock();
  const ledger = createFakeLedger();
  const api = createFakeVideoApi({ clock });
  const storage = createMemoryStorage();
  const locks = createLocalLocks();
  const channel = createChannel();
  let ids = 0;
  const openTab = async (): Promise<GenerationEngine> => {
    const tab = createEngine({
      ledger,
      api,
      polling: defaultPollingPolicy,
      platform: { clock, random: () => 0.5, createId: () => `generation-${++ids}` },
      persistence: { storage, locks, user: "user-1", onUnreadable: () => undefined, tabChannel: channel.join() },
    });
    void tab.resume();
    await clock.flush();
    return tab;
  };
  return { clock, ledger, api, channel, openTab };
}

describe("a tab that dies while it drives", () => {
  test.each([
    ["opened after the generation began", true],
    ["opened before it began", false],
  ])("another tab, %s, goes on with it: one job, one charge, one video", async (_, isLater) => {
    const browser = createBrowser();
    const first = await browser.openTab();
    const early = isLater ? undefined : await browser.openTab();
    first.generate(request);
    await browser.clock.advance(40_000);
    const second = early ?? (await browser.openTab());
    expect(second.list()).toEqual([]);
    first.dispose();
    await browser.clock.advanceUntil(() => second.list()[0]?.status === "completed");
    expect(browser.api.jobs).toHaveLength(1);
    expect(second.list()).toMatchObject([{ settlement: "captured" }]);
    browser.ledger.assertBalanced();
  });

  test("a generation that ended well is resumed by no tab", async () => {
    const browser = createBrowser();
    const [first, second] = [await browser.openTab(), await browser.openTab()];
    const handle = first.generate(request);
    await browser.clock.advanceUntil(() => handle.getSnapshot().status === "completed");
    await browser.clock.flush();
    expect(second.list()).toEqual([]);
  });

  test("one that is disposed of listens and waits no more", async () => {
    const browser = createBrowser();
    const [first, second] = [await browser.openTab(), await browser.openTab()];
    first.generate(request);
    await browser.clock.advance(40_000);
    second.dispose();
    first.dispose();
    await browser.clock.advance(200_000);
    expect(second.list()).toEqual([]);
    expect(browser.channel.listening()).toBe(0);
    expect(browser.clock.pending).toBe(0);
  });
});
