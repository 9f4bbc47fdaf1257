// What a browser says of its page and its network, and what its tabs tell each other.
import { join } from "node:path";
import type { CDPSession, Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import type {} from "./pages/platform-page.ts";
import { withBrowser } from "./with-browser.ts";

const browser = withBrowser(join(import.meta.dirname, "pages/platform-page.ts"));

describe("the lifecycle", () => {
  test("is offline without a network", async () => {
    const tab = await browser.openTab();
    await tab.evaluate(() => sdk.watch());
    await browser.context().setOffline(true);
    expect(await pausesUntil(tab, 1)).toEqual(["offline"]);
    await browser.context().setOffline(false);
    expect(await pausesUntil(tab, 2)).toEqual(["offline", "none"]);
  });

  test("is in the background while the page is hidden", async () => {
    const tab = await browser.openRealTab();
    await tab.evaluate(() => sdk.watch());
    const session = await tab.context().newCDPSession(tab);
    await setWindow(session, "minimized");
    expect(await pausesUntil(tab, 1)).toEqual(["background"]);
    await setWindow(session, "normal");
    expect(await pausesUntil(tab, 2)).toEqual(["background", "none"]);
  });

  test("goes on while the page is hidden where that is wanted, until it is frozen", async () => {
    const tab = await browser.openRealTab();
    await tab.evaluate(() => sdk.watch({ pollsWhenHidden: true }));
    const session = await tab.context().newCDPSession(tab);
    await setWindow(session, "minimized");
    expect(await tab.evaluate(() => sdk.pausesOnceHidden())).toEqual([]);
    await session.send("Page.setWebLifecycleState", { state: "frozen" });
    await session.send("Page.setWebLifecycleState", { state: "active" });
    expect(await pausesUntil(tab, 2)).toEqual(["background", "none"]);
  });

  test("calls no listener that has unsubscribed", async () => {
    const tab = await browser.openTab();
    await tab.evaluate(() => {
      sdk.watch();
      sdk.stopWatching();
      sdk.watch();
    });
    await browser.context().setOffline(true);
    expect(await pausesUntil(tab, 1)).toEqual(["offline"]);
  });
});

describe("the tab channel", () => {
  test("reaches the other tabs, and not the one that posts", async () => {
    const [one, two] = await browser.openTwo();
    const three = await browser.openTab();
    for (const tab of [one, two]) await tab.evaluate(() => sdk.listen());
    // It has no subscriber, so it opens and closes its channel for one message.
    await three.evaluate(() => sdk.platform.tabChannel?.post("a"));
    await two.evaluate(() => sdk.postsUntil("a"));
    await one.evaluate(() => sdk.platform.tabChannel?.post("b"));
    expect(await two.evaluate(() => sdk.postsUntil("b"))).toEqual(["a", "b"]);
    await two.evaluate(() => sdk.platform.tabChannel?.post("c"));
    expect(await one.evaluate(() => sdk.postsUntil("c"))).toEqual(["a", "c"]);
  });
});

function pausesUntil(tab: Page, count: number): Promise<readonly string[]> {
  return tab.evaluate((expected) => sdk.pausesUntil(expected), count);
}

async function setWindow(session: CDPSession, windowState: "minimized" | "normal"): Promise<void> {
  const { windowId } = await session.send("Browser.getWindowForTarget");
  await session.send("Browser.setWindowBounds", { windowId, bounds: { windowState } });
}
