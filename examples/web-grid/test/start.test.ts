// How fast the built page can be used. The time is printed, because a busy machine must not fail it; what makes the time is asserted.
import { gzipSync } from "node:zlib";
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { newPerson } from "./support/person.ts";
import { promptOf } from "./support/videos-page.ts";

const ASSETS = fileURLToPath(new URL("../dist/assets", import.meta.url));
const MOST_SCRIPT_BYTES = 178_000;
const GENEROUS_MS = 5_000;

test("the page is one script and one style sheet, and its script stays small", () => {
  const files = readdirSync(ASSETS);
  expect(files.filter((name) => name.endsWith(".js"))).toHaveLength(1);
  expect(files.filter((name) => name.endsWith(".css"))).toHaveLength(1);
  const bytes = files
    .filter((name) => name.endsWith(".js"))
    .reduce((sum, name) => sum + gzipSync(readFileSync(`${ASSETS}/${name}`)).length, 0);
  console.log(`The script has ${bytes} bytes, compressed.`);
  expect(bytes).toBeLessThan(MOST_SCRIPT_BYTES);
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
