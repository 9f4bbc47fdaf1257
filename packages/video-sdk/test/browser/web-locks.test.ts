// Locks of a browser between its tabs, as they live, die and freeze.
import { join } from "node:path";
import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import type {} from "./pages/platform-page.ts";
import { withBrowser } from "./with-browser.ts";

const browser = withBrowser(join(import.meta.dirname, "pages/platform-page.ts"));

const lock = (tab: Page, id: string): Promise<boolean> => tab.evaluate((wanted) => sdk.lock(wanted), id);
const release = (tab: Page, id: string): Promise<void> => tab.evaluate((held) => sdk.release(held), id);
const wait = (tab: Page, id: string): Promise<void> => tab.evaluate((wanted) => sdk.wait(wanted), id);
const calledBack = (tab: Page, id: string): Promise<void> => tab.evaluate((wanted) => sdk.calledBack(wanted), id);
const hasCalledBack = (tab: Page, id: string): Promise<boolean> =>
  tab.evaluate((wanted) => sdk.hasCalledBack(wanted), id);

describe("a lock", () => {
  test("is one tab's only, and of one generation only", async () => {
    const [one, two] = await browser.openTwo();
    expect(await lock(one, "a")).toBe(true);
    expect(await lock(two, "a")).toBe(false);
    expect(await lock(one, "a")).toBe(false);
    expect(await lock(two, "b")).toBe(true);
  });

  test("that is released is free for another tab, which is called back", async () => {
    const [one, two] = await browser.openTwo();
    await lock(one, "a");
    await wait(two, "a");
    expect(await hasCalledBack(two, "a")).toBe(false);
    await release(one, "a");
    await calledBack(two, "a");
    expect(await lock(two, "a")).toBe(true);
  });

  test("ends with its tab", async () => {
    const [one, two] = await browser.openTwo();
    await lock(one, "a");
    await wait(two, "a");
    await one.close();
    await calledBack(two, "a");
    expect(await lock(two, "a")).toBe(true);
  });

  test("ends with a tab that crashes", async () => {
    const [one, two] = await browser.openTwo();
    await lock(one, "a");
    await wait(two, "a");
    await crash(one);
    await calledBack(two, "a");
    expect(await lock(two, "a")).toBe(true);
  });

  test("ends with a page that is left", async () => {
    const [one, two] = await browser.openTwo();
    await lock(one, "a");
    await wait(two, "a");
    await one.goto(`${browser.origin()}/other`);
    await calledBack(two, "a");
    expect(await lock(two, "a")).toBe(true);
  });

  test("of another namespace does not stand in its way", async () => {
    const [one, two] = await browser.openTwo();
    await lock(one, "a");
    expect(await two.evaluate(() => sdk.lockIn("another-app", "a"))).toBe(true);
  });
});

describe("waiting for a lock's end", () => {
  test("calls back every tab that waits", async () => {
    const [one, two] = await browser.openTwo();
    const three = await browser.openTab();
    await lock(one, "a");
    await wait(two, "a");
    await wait(three, "a");
    await release(one, "a");
    await Promise.all([calledBack(two, "a"), calledBack(three, "a")]);
    const locks = await Promise.all([lock(two, "a"), lock(three, "a")]);
    expect(locks.filter(Boolean)).toHaveLength(1);
  });

  test("for a lock that is free ends at once", async () => {
    const tab = await browser.openTab();
    await wait(tab, "a");
    await calledBack(tab, "a");
    expect(await lock(tab, "a")).toBe(true);
  });

  test("can be stopped", async () => {
    const [one, two] = await browser.openTwo();
    const three = await browser.openTab();
    await lock(one, "a");
    await wait(two, "a");
    await wait(three, "a");
    await two.evaluate(() => sdk.stopWaiting("a"));
    await release(one, "a");
    await calledBack(three, "a");
    expect(await two.evaluate(() => sdk.pendingLocks())).toEqual([]);
    expect(await hasCalledBack(two, "a")).toBe(false);
  });

  // Chromium grants locks to frozen tabs, which cannot release them.
  test("never keeps others from locking, or from being called back, while its own tab is frozen", async () => {
    const [one, frozen, three] = await Promise.all([
      browser.openRealTab(),
      browser.openRealTab(),
      browser.openRealTab(),
    ]);
    await lock(one, "a");
    await wait(frozen, "a");
    await wait(three, "a");
    const thaw = await freeze(frozen);
    await release(one, "a");
    await calledBack(three, "a");
    expect(await lock(three, "a")).toBe(true);
    await wait(one, "a");
    expect(await hasCalledBack(one, "a")).toBe(false);
    await release(three, "a");
    await calledBack(one, "a");
    expect(await lock(one, "a")).toBe(true);
    await thaw();
    await calledBack(frozen, "a");
    expect(await lock(frozen, "a")).toBe(false);
  });
});

async function crash(tab: Page): Promise<void> {
  const session = await tab.context().newCDPSession(tab);
  const crashed = tab.waitForEvent("crash");
  // No tab is left to answer it.
  void session.send("Page.crash").catch(() => undefined);
  await crashed;
}

/** Returns a function that thaws it. */
async function freeze(tab: Page): Promise<() => Promise<void>> {
  const session = await tab.context().newCDPSession(tab);
  await session.send("Page.setWebLifecycleState", { state: "frozen" });
  return async () => void (await session.send("Page.setWebLifecycleState", { state: "active" }));
}
