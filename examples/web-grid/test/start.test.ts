// How fast the built page can be used. The time is printed, because a busy machine must not fail it; what makes the time is asserted.
import { gzipSync } from "node:zlib";
import { basename } from "node:path";
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { newPerson } from "./support/person.ts";
import { promptOf } from "./support/videos-page.ts";

const ASSETS = fileURLToPath(new URL("../dist/assets", import.meta.url));
/** 14,000 of them are what reads the catalogue of the server; 2,000 what it takes that the driver of `?server-driven` can come later. */
const MOST_SCRIPT_BYTES = 222_000;
const MOST_BYTES_IN_ALL = 309_000;
const GENEROUS_MS = 5_000;

/** What a page loads by itself, until it can be used. */
async function scriptsOfStart(): Promise<readonly string[]> {
  const person = await newPerson();
  const page = await person.context.newPage();
  const names: string[] = [];
  // What is loaded ahead comes later then.
  await page.addInitScript("delete window.requestIdleCallback");
  page.on("request", (request) => request.resourceType() === "script" && names.push(basename(request.url())));
  await page.goto(person.address());
  await promptOf(page).waitFor();
  return names;
}

const sizeOf = (names: readonly string[]): number =>
  names.reduce((sum, name) => sum + gzipSync(readFileSync(`${ASSETS}/${name}`)).length, 0);

test("the outline needs no script, and the scripts until the page can be used stay small", async () => {
  const files = readdirSync(ASSETS);
  const html = readFileSync(`${ASSETS}/../index.html`, "utf8");
  expect(html).toContain('class="shell"');
  // No style sheet holds the outline back, either.
  expect(html).not.toContain('rel="stylesheet"');
  const bytes = sizeOf(await scriptsOfStart());
  const all = sizeOf(files.filter((name) => name.endsWith(".js")));
  console.log(`The scripts of the start have ${bytes} bytes, compressed; with the dialogs, menus and notes ${all}.`);
  expect(bytes).toBeLessThan(MOST_SCRIPT_BYTES);
  expect(all).toBeLessThan(MOST_BYTES_IN_ALL);
});

test("nothing of the panel for development is in the built page", () => {
  const texts = readdirSync(ASSETS).map((name) => readFileSync(`${ASSETS}/${name}`, "utf8"));
  expect(texts.length).toBeGreaterThan(1);
  expect(texts.filter((text) => /video-devtools|TanStack Devtools/.test(text))).toEqual([]);
});

test("a prompt can be typed at once", async () => {
  const person = await newPerson();
  const page = await person.context.newPage();
  await page.addInitScript(() => {
    new MutationObserver((_, observer) => {
      if (document.querySelector("#prompt") === null) return;
      observer.disconnect();
      performance.mark("usable");
    }).observe(document, { childList: true, subtree: true });
  });
  await page.goto(person.address());
  await promptOf(page).fill("At once");
  const { usable, shifts } = await page.evaluate(() => ({
    usable: performance.getEntriesByName("usable")[0]?.startTime ?? Infinity,
    shifts: performance.getEntriesByType("layout-shift").length,
  }));
  console.log(`The prompt could be used after ${Math.round(usable)} ms.`);
  expect(usable).toBeLessThan(GENEROUS_MS);
  expect(shifts).toBe(0);
});
