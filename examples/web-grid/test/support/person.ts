// A person with an account and a browser profile of their own. When the test ends nothing may be held, open or spinning, and no page
// may have broken.
import { randomUUID } from "node:crypto";
import { chromium, type Browser, type BrowserContext, type Page } from "playwright-core";
import { afterAll, expect, inject, onTestFinished, vi } from "vitest";
import { createBooks, type Books, type OlderRow, type StartingBooks } from "./books.ts";

/** How a tab is opened. */
export interface OpenOptions {
  /** Goes into the address, such as `&operation-ids`. */
  readonly query?: string;
  /** Runs before the page loads. */
  prepare?(page: Page): Promise<void>;
}

/** A person with a browser. */
export interface Person {
  readonly context: BrowserContext;
  /** Sets what this person begins with. Default: 1000 credits, three videos at once. */
  begin(books: Partial<StartingBooks>): Promise<void>;
  /** A tab with the page, ready to be used. */
  open(options?: OpenOptions): Promise<Page>;
  /** The address that `open` goes to. */
  address(query?: string): string;
  books(): Promise<Books>;
  /** Adds finished rows to the newest session, as another client does. */
  addRows(rows: readonly OlderRow[]): Promise<void>;
  /** What the providers have been asked for with this prompt: the input of each job. */
  jobs(prompt: string): Promise<readonly Readonly<Record<string, unknown>>[]>;
}

let connection: Promise<Browser> | undefined;
afterAll(async () => (await connection)?.close());

/** A new person, for the test that runs. Their browser is in this time zone. A test that runs beside others passes its own `whenFinished`. */
export async function newPerson(timezoneId = "UTC", whenFinished = onTestFinished): Promise<Person> {
  const { pageUrl, pagePath, jobsUrl, browserUrl } = inject("world");
  connection ??= chromium.connect(browserUrl);
  const context = await (await connection).newContext({ viewport: { width: 1280, height: 800 }, timezoneId });
  context.setDefaultTimeout(180_000);
  const user = `person-${randomUUID()}`;
  const { openEnds, ...books } = createBooks(user);
  const broken = watchForErrors(context);
  whenFinished(async () => {
    await vi.waitFor(async () => expect(await openEnds()).toEqual([]));
    await context.close();
    expect(broken).toEqual([]);
  });
  const address = (query = ""): string => `${pageUrl}${pagePath}?user=${user}${query}`;
  return {
    context,
    ...books,
    address,
    async open({ query, prepare } = {}) {
      const page = await context.newPage();
      await prepare?.(page);
      await page.goto(address(query));
      await page.getByLabel("Describe the video").waitFor();
      return page;
    },
    async jobs(prompt) {
      const response = await fetch(`${jobsUrl}/?prompt=${encodeURIComponent(prompt)}`);
      return (await response.json()) as Readonly<Record<string, unknown>>[]; // of start-world.ts
    },
  };
}

/** Whatever a page throws, and whatever it cannot load by its own fault. */
function watchForErrors(context: BrowserContext): readonly string[] {
  const errors: string[] = [];
  context.on("weberror", (error) => errors.push(String(error.error().stack)));
  context.on("console", (message) => {
    // What a test cuts or holds fails to load, and is the test's fault.
    const isNetwork = /^Failed to load resource|WebSocket connection to/.test(message.text());
    if (message.type() === "error" && !isNetwork) errors.push(message.text());
  });
  return errors;
}
