// A hidden tab does not keep what it does not use: the tab that the user looks at goes on with it.
import { describe, expect, test } from "vitest";
import { createCompareAndSetStorage } from "../platform/__fixtures__/compare-and-set-storage.ts";
import { createStorageLocks } from "../platform/storage-locks.ts";
import { createBrowser, type BrowserOptions } from "./__fixtures__/browser-tabs.ts";

const request = { model: "vid-veo-3.1-fast", prompt: "a corgi surfing", duration: 8 } as const;
const MINUTE = 60_000;

const LOCKS: readonly (readonly [string, () => BrowserOptions])[] = [
  ["locks of the browser", () => ({})],
  [
    "leases in the storage",
    () => {
      const storage = createCompareAndSetStorage();
      return { storage, locksOf: (platform) => createStorageLocks({ storage, platform }) };
    },
  ],
];

describe.each(LOCKS)("with %s", (_, options) => {
  test.each([
    ["was open before", true],
    ["is opened afterwards", false],
  ])("a tab that submits and is hidden hands over to a visible one that %s", async (_name, wasOpen) => {
    const { openTab, clock, api, ledger } = createBrowser({ jobMs: 5 * MINUTE, ...options() });
    const first = await openTab();
    const early = wasOpen ? await openTab() : undefined;
    const begun = first.engine.generate(request);
    await clock.advance(40_000);
    await first.hide();
    const second = early ?? (await openTab());
    await clock.advance(MINUTE);
    expect(second.engine.list()).toMatchObject([{ id: begun.id, status: "running", isPaused: false }]);

    await clock.advanceUntil(() => second.engine.list()[0]?.status === "completed");
    expect(api.jobs).toHaveLength(1);
    expect(ledger.calls.filter((call) => call === "captureCredits")).toHaveLength(1);
    ledger.assertBalanced();
    // The hidden tab is told, so that what awaits it there goes on.
    expect(await begun.outcome).toMatchObject({ status: "completed", settlement: "captured" });
    expect(first.engine.list()).toEqual(second.engine.list());
  });

  test("and lists it no longer than one that has ended here", async () => {
    const { openTab, clock } = createBrowser({ jobMs: 5 * MINUTE, keepEnded: 1, ...options() });
    const [first, second] = [await openTab(), await openTab()];
    await second.hide();
    const begun = [first.engine.generate(request), first.engine.generate(request)];
    await clock.advance(40_000);
    await first.hide();
    await second.hide(false);
    await clock.advanceUntil(() => begun.every(({ getSnapshot }) => getSnapshot().status === "completed"));
    expect(first.engine.list()).toHaveLength(1);
    expect(second.engine.list()).toHaveLength(1);
    const outcomes = await Promise.all(begun.map(({ outcome }) => outcome));
    expect(outcomes.map(({ settlement }) => settlement)).toEqual(["captured", "captured"]);
  });

  test("and takes it back, under the same handle, when the user has changed over again", async () => {
    const { openTab, clock, api, ledger } = createBrowser({ jobMs: 10 * MINUTE, ...options() });
    const [first, second] = [await openTab(), await openTab()];
    await second.hide();
    const begun = first.engine.generate(request);
    await clock.advance(40_000);
    await first.hide();
    await second.hide(false);
    await clock.advance(MINUTE);
    expect(second.engine.list()).toMatchObject([{ isPaused: false }]);
    await second.hide();
    await first.hide(false);
    await clock.advance(MINUTE);
    expect(begun.getSnapshot()).toMatchObject({ status: "running", isPaused: false });
    await clock.advanceUntil(() => begun.getSnapshot().status === "completed");
    expect(first.engine.get(begun.id)).toBe(begun);
    expect(await begun.outcome).toMatchObject({ settlement: "captured" });
    expect(api.jobs).toHaveLength(1);
    ledger.assertBalanced();
  });

  test("and does not show it as paused when it is visible again, while the other tab runs it", async () => {
    const { openTab, clock } = createBrowser({ jobMs: 10 * MINUTE, ...options() });
    const [first, second] = [await openTab(), await openTab()];
    const begun = first.engine.generate(request);
    await clock.advance(40_000);
    await first.hide();
    expect(begun.getSnapshot()).toMatchObject({ isPaused: true, pauseReason: "background" });
    await clock.advance(MINUTE);
    await first.hide(false);
    expect(begun.getSnapshot()).toMatchObject({ status: "running", isPaused: false, pauseReason: undefined });
    expect(second.engine.list()).toMatchObject([{ status: "running", isPaused: false }]);
  });

  test("and cancels it there when it is canceled here", async () => {
    const { openTab, clock, api } = createBrowser({ jobMs: 10 * MINUTE, ...options() });
    const [first, second] = [await openTab(), await openTab()];
    const begun = first.engine.generate(request);
    await clock.advance(40_000);
    await first.hide();
    await clock.advance(MINUTE);
    await first.hide(false);
    void begun.cancel();
    await clock.advanceUntil(() => begun.getSnapshot().status !== "running");
    expect(second.engine.list()).toMatchObject([{ status: "canceled", settlement: "released" }]);
    expect(await begun.outcome).toMatchObject({ status: "canceled", settlement: "released" });
    expect(api.calls.cancel).toBe(1);
  });

  test("but goes on by itself where the tab that asked has gone", async () => {
    const { openTab, clock, ledger } = createBrowser({ jobMs: 2 * MINUTE, ...options() });
    const [first, second] = [await openTab(), await openTab()];
    const begun = first.engine.generate(request);
    await clock.advance(40_000);
    second.engine.dispose();
    await first.hide();
    await clock.advance(10 * MINUTE);
    await first.hide(false);
    await clock.advanceUntil(() => begun.getSnapshot().status === "completed");
    expect(await begun.outcome).toMatchObject({ settlement: "captured" });
    ledger.assertBalanced();
  });

  test("and a cancel while no tab runs it is not lost", async () => {
    const { openTab, clock, api, ledger } = createBrowser({ jobMs: 10 * MINUTE, ...options() });
    const [first, second] = [await openTab(), await openTab()];
    const begun = first.engine.generate(request);
    await clock.advance(40_000);
    second.engine.dispose();
    await first.hide();
    await clock.advance(2_000);
    void begun.cancel();
    await clock.advanceUntil(() => begun.getSnapshot().status !== "running");
    expect(await begun.outcome).toMatchObject({ status: "canceled", settlement: "released" });
    expect(api.calls.cancel).toBe(1);
    ledger.assertBalanced();
  });

  test("and goes on although the storage cannot be read just then", async () => {
    const { openTab, clock, storage } = createBrowser({ jobMs: 5 * MINUTE, ...options() });
    const [first] = [await openTab(), await openTab()];
    const begun = first.engine.generate(request);
    await clock.advance(40_000);
    const { getItem } = storage;
    await first.hide();
    await clock.advance(1_000);
    storage.getItem = () => Promise.reject(new Error("The storage cannot be read."));
    await clock.advance(2 * MINUTE);
    storage.getItem = getItem;
    await clock.advanceUntil(() => begun.getSnapshot().status === "completed");
    expect(await begun.outcome).toMatchObject({ settlement: "captured" });
  });

  test("and nothing waits or listens once both are disposed of", async () => {
    const { openTab, clock, channel } = createBrowser({ jobMs: 5 * MINUTE, ...options() });
    const [first, second] = [await openTab(), await openTab()];
    first.engine.generate(request);
    await clock.advance(40_000);
    await first.hide();
    await clock.advance(5_000);
    first.engine.dispose();
    second.engine.dispose();
    await clock.advance(10 * MINUTE);
    expect([channel.listening(), first.listeners.size, second.listeners.size]).toEqual([0, 0, 0]);
  });
});

describe("a tab keeps what it runs", () => {
  test("while it is visible, whichever tab asks", async () => {
    const { openTab, clock } = createBrowser({ jobMs: 5 * MINUTE });
    const [first, second] = [await openTab(), await openTab()];
    const begun = first.engine.generate(request);
    await clock.advanceUntil(() => begun.getSnapshot().status === "completed");
    expect(second.engine.list()).toEqual([]);
  });

  test("while it is hidden for less than a second, as when it is reloaded", async () => {
    const { openTab, clock, api } = createBrowser({ jobMs: 5 * MINUTE });
    const [first, second] = [await openTab(), await openTab()];
    const begun = first.engine.generate(request);
    await clock.advance(40_000);
    await first.hide();
    await clock.advance(999);
    await first.hide(false);
    await clock.advanceUntil(() => begun.getSnapshot().status === "completed");
    expect(second.engine.list()).toEqual([]);
    expect(api.jobs).toHaveLength(1);
  });

  test("while all tabs are hidden, until one of them is looked at", async () => {
    const { openTab, clock, api } = createBrowser({ jobMs: 5 * MINUTE });
    const second = await openTab();
    await second.hide();
    const first = await openTab();
    first.engine.generate(request);
    await clock.advance(40_000);
    await first.hide();
    const asked = api.calls.status;
    await clock.advance(60 * MINUTE);
    expect([second.engine.list(), api.calls.status]).toEqual([[], asked]);
    await second.hide(false);
    await clock.advanceUntil(() => second.engine.list()[0]?.status === "completed");
  });

  test("while a question is out, and hands over when it is answered", async () => {
    const { openTab, clock, api } = createBrowser({ jobMs: 5 * MINUTE });
    const [first, second] = [await openTab(), await openTab()];
    let answer = (): void => undefined;
    const { status } = api;
    first.engine.generate(request);
    await clock.advance(40_000);
    const asked = new Promise<void>((resolve) => (answer = resolve));
    api.status = async (...question) => (await asked, await status(...question));
    await clock.advance(MINUTE);
    await first.hide();
    await clock.advance(MINUTE);
    expect(second.engine.list()).toEqual([]);
    api.status = status;
    answer();
    await clock.advance(5_000);
    expect(second.engine.list()).toMatchObject([{ status: "running", isPaused: false }]);
  });

  test("while it settles, as the books are settled in the background too", async () => {
    const { openTab, clock, ledger } = createBrowser();
    const [first, second] = [await openTab(), await openTab()];
    const begun = first.engine.generate(request);
    ledger.failNext("captureCredits", { refused: "rate-limited", retryAfterMs: MINUTE });
    await clock.advanceUntil(() => begun.getSnapshot().phase === "settling");
    await first.hide();
    await clock.advance(5 * MINUTE);
    expect(begun.getSnapshot()).toMatchObject({ status: "completed", settlement: "captured" });
    expect(second.engine.list()).toEqual([]);
  });

  test("while its storage lacks the last state: another tab would go on from an older one", async () => {
    const { openTab, clock, storage, api } = createBrowser({ jobMs: 5 * MINUTE });
    const [first, second] = [await openTab(), await openTab()];
    const { setItem } = storage;
    storage.setItem = async (key, value) => {
      if (value.includes('"polling"')) throw new Error("The storage is full.");
      await setItem(key, value);
    };
    first.engine.generate(request);
    await clock.advance(40_000);
    await first.hide();
    await clock.advance(MINUTE);
    expect(second.engine.list()).toEqual([]);
    storage.setItem = setItem;
    await clock.advance(2 * MINUTE);
    void second.engine.resume();
    await clock.advanceUntil(() => second.engine.list()[0]?.status === "completed");
    expect(api.jobs).toHaveLength(1);
  });
});

test.each([
  "wanted:",
  "wanted:no-such-generation",
  "ended:",
  "ended:{",
  "ended:null",
  "ended:7",
  "canceled:",
  "canceled:no-such-generation",
  'ended:{"id":7}',
  "no-such-generation",
])("the message %j of another program changes nothing", async (message) => {
  const { openTab, clock, channel } = createBrowser();
  const tab = await openTab();
  const begun = tab.engine.generate(request);
  await clock.advance(40_000);
  const before = begun.getSnapshot();
  channel.join().post(message);
  await clock.flush();
  expect(begun.getSnapshot()).toBe(before);
  await clock.advanceUntil(() => begun.getSnapshot().status === "completed");
});
