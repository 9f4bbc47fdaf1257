// One browser and one served page for the tests of a file, and fresh tabs for each of them.
import type { BrowserContext, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach } from "vitest";
import { launchChromium, type RunningChromium } from "./launch-chromium.ts";
import { servePage, type PageServer } from "./serve-page.ts";

/** What a test can open. */
export interface TestBrowser {
  /** A tab with the page loaded. All of a test share one profile. */
  openTab(): Promise<Page>;
  openTwo(): Promise<readonly [Page, Page]>;
  /** A tab that can be hidden and frozen. The profile it is in outlives the test. */
  openRealTab(): Promise<Page>;
  /** The profile of the tabs. */
  context(): BrowserContext;
  origin(): string;
}

/** Starts a browser before the tests of this file, and ends it after them. Each test has a profile of its own. */
export function withBrowser(entry: string): TestBrowser {
  let chromium: RunningChromium;
  let server: PageServer;
  let context: BrowserContext;

  beforeAll(async () => {
    [chromium, server] = await Promise.all([launchChromium(), servePage(entry)]);
  });
  afterAll(async () => {
    await chromium.close();
    await server.close();
  });
  beforeEach(async () => {
    context = await chromium.browser.newContext();
    context.setDefaultTimeout(180_000);
  });
  afterEach(async () => {
    await context.close();
    await Promise.all(chromium.profile.pages().map((page) => page.close()));
  });

  const openIn = async (profile: BrowserContext): Promise<Page> => {
    const tab = await profile.newPage();
    await tab.goto(server.origin);
    return tab;
  };
  return {
    openTab: () => openIn(context),
    openTwo: () => Promise.all([openIn(context), openIn(context)]),
    openRealTab: () => openIn(chromium.profile),
    context: () => context,
    origin: () => server.origin,
  };
}
