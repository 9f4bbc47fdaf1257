// Two tabs over one storage: one drives, and when it dies the other resumes by itself, without a reload.
import { describe, expect, test } from "vitest";
import { createBrowser } from "./__fixtures__/browser-tabs.ts";

const request = { model: "vid-veo-3.1-fast", prompt: "a corgi surfing", duration: 8 } as const;

describe("a tab that dies while it drives", () => {
  test.each([
    ["opened after the generation began", true],
    ["opened before it began", false],
  ])("another tab, %s, goes on with it: one job, one charge, one video", async (_, isLater) => {
    const browser = createBrowser();
    const { engine: first } = await browser.openTab();
    const early = isLater ? undefined : (await browser.openTab()).engine;
    first.generate(request);
    await browser.clock.advance(40_000);
    const second = early ?? (await browser.openTab()).engine;
    expect(second.list()).toEqual([]);
    first.dispose();
    await browser.clock.advanceUntil(() => second.list()[0]?.status === "completed");
    expect(browser.api.jobs).toHaveLength(1);
    expect(second.list()).toMatchObject([{ settlement: "captured" }]);
    browser.ledger.assertBalanced();
  });

  test("a generation that ended well is resumed by no tab", async () => {
    const browser = createBrowser();
    const [{ engine: first }, { engine: second }] = [await browser.openTab(), await browser.openTab()];
    const handle = first.generate(request);
    await browser.clock.advanceUntil(() => handle.getSnapshot().status === "completed");
    await browser.clock.flush();
    expect(second.list()).toEqual([]);
  });

  test("one that is disposed of listens and waits no more", async () => {
    const browser = createBrowser();
    const [{ engine: first }, { engine: second }] = [await browser.openTab(), await browser.openTab()];
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
