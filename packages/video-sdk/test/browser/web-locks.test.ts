// Locks of a browser between its tabs, as they live, die and freeze.
import { join } from "node:path";
import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import type {} from "./pages/platform-page.ts";
import { withBrowser } from "./with-browser.ts";

const browser = withBrowser(join(import.meta.dirname, "pages/platform-page.ts"));

const lock = (tab: Page, id: string): Promise<boolean> => tab.evaluate((wanted) => sdk.lock(wanted), id);
const letGo = (tab: Page, id: string): Promise<void> => tab.evaluate((held) => sdk.letGo(held), id);
const wait = (tab: Page, id: string): Promise<void> => tab.evaluate((wanted) => sdk.wait(wanted), id);
const toldThatFree = (tab: Page, id: string): Promise<void> => tab.evaluate((wanted) => sdk.toldThatFree(wanted), id);
const isToldThatFree = (tab: Page, id: string): Promise<boolean> =>
  tab.evaluate((wanted) => sdk.isToldThatFree(wanted), id);

describe("a lock", () => {
  test("is one tab's only, and of one generation only", async () => {
    const [one, two] = await browser.openTwo();
    expect(await lock(one, "a")).toBe(true);
    expect(await lock(two, "a")).toBe(false);
    expect(await lock(one, "a")).toBe(false);
    expect(await lock(two, "b")).toBe(true);
  });

  test("that is let go of can be had by another tab, which is told", async () => {
    const [one, two] = await browser.openTwo();
    await lock(one, "a");
    await wait(two, "a");
    expect(await isToldThatFree(two, "a")).toBe(false);
    await letGo(one, "a");
    await toldThatFree(two, "a");
    expect(await lock(two, "a")).toBe(true);
  });

  test("ends with its tab", async () => {
    const [one, two] = await browser.openTwo();
    await lock(one, "a");
    await wait(two, "a");
    await one.close();
    await toldThatFree(two, "a");
    expect(await lock(two, "a")).toBe(true);
  });

  test("ends with a tab that crashes", async () => {
    const [one, two] = await browser.openTwo();
    await lock(one, "a");
    await wait(two, "a");
    await crash(one);
    await toldThatFree(two, "a");
    expect(await lock(two, "a")).toBe(true);
  });

  test("ends with a page that goes elsewhere", async () => {
    const [one, two] = await browser.openTwo();
    await lock(one, "a");
    await wait(two, "a");
    await one.goto(`${browser.origin()}/elsewhere`);
    await toldThatFree(two, "a");
    expect(await lock(two, "a")).toBe(true);
  });

  test("of another namespace does not stand in its way", async () => {
    const [one, two] = await browser.openTwo();
    await lock(one, "a");
    expect(await two.evaluate(() => sdk.lockIn("another-app", "a"))).toBe(true);
  });
});

describe("waiting for a lock's end", () => {
  test("tells all who wait", async () => {
    const [one, two] = await browser.openTwo();
    const three = await browser.openTab();
    await lock(one, "a");
    await wait(two, "a");
    await wait(three, "a");
    await letGo(one, "a");
    await Promise.all([toldThatFree(two, "a"), toldThatFree(three, "a")]);
    const locks = await Promise.all([lock(two, "a"), lock(three, "a")]);
    expect(locks.filter(Boolean)).toHaveLength(1);
  });

  test("for one that nobody has is over at once", async () => {
    const tab = await browser.openTab();
    await wait(tab, "a");
    await toldThatFree(tab, "a");
    expect(await lock(tab, "a")).toBe(true);
  });

  test("can be stopped", async () => {
    const [one, two] = await browser.openTwo();
    const three = await browser.openTab();
    await lock(one, "a");
    await wait(two, "a");
    await wait(three, "a");
    await two.evaluate(() => sdk.stopWaiting("a"));
    await letGo(one, "a");
    await toldThatFree(three, "a");
    expect(await two.evaluate(() => sdk.pendingLocks())).toEqual([]);
    expect(await isToldThatFree(two, "a")).toBe(false);
  });

  // Chromium grants locks to frozen tabs, which cannot give them back.
  test("never keeps others from locking, or from being told, while its own tab is frozen", async () => {
    const [one, frozen, three] = await Promise.all([
      browser.openRealTab(),
      browser.openRealTab(),
      browser.openRealTab(),
    ]);
    await lock(one, "a");
    await wait(frozen, "a");
    await wait(three, "a");
    const thaw = await freeze(frozen);
    await letGo(one, "a");
    await toldThatFree(three, "a");
    expect(await lock(three, "a")).toBe(true);
    await wait(one, "a");
    expect(await isToldThatFree(one, "a")).toBe(false);
    await letGo(three, "a");
    await toldThatFree(one, "a");
    expect(await lock(one, "a")).toBe(true);
    await thaw();
    await toldThatFree(frozen, "a");
    expect(await lock(frozen, "a")).toBe(false);
  });
});

async function crash(tab: Page): Promise<void> {
  const session = await tab.context().newCDPSession(tab);
  const crashed = tab.waitForEvent("crash");
  // Nobody is left to answer it.
  void session.send("Page.crash").catch(() => undefined);
  await crashed;
}

/** Gives back the way to thaw it. */
async function freeze(tab: Page): Promise<() => Promise<void>> {
  const session = await tab.context().newCDPSession(tab);
  await session.send("Page.setWebLifecycleState", { state: "frozen" });
  return async () => void (await session.send("Page.setWebLifecycleState", { state: "active" }));
}
