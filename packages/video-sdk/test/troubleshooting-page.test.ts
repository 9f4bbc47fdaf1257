// docs/troubleshooting.md names messages as the code says them. Each must still be in the sources, or among the words of the example pages.
import { globSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const SOURCES = [
  "packages/*/src/**/*.{ts,tsx}",
  "examples/convex/convex/**/*.ts",
  "examples/{web-grid,expo}/src/**/words.ts",
];

/** The sources without quotation marks, escapes and values: only the words of a sentence count, wherever it is put together. */
const said = globSync(SOURCES, { cwd: root })
  .filter((file) => !file.includes(".test"))
  .map((file) => wordsOf(readFileSync(root + file, "utf8")))
  .join("\n");

function wordsOf(text: string): string {
  return text.replaceAll(/\\?[`"]|\$\{[^{}]*\}/g, "").replaceAll(/\s+/g, " ");
}

/** The parts of a message that the code must say in one piece. */
function partsOf(message: string): readonly string[] {
  const plain = message.replaceAll("&lt;", "<").replaceAll("&gt;", ">");
  return plain
    .split(/`?\.{3,4}`?/)
    .map((part) => wordsOf(part).trim())
    .filter((part) => /[a-z]{2}/i.test(part));
}

const page = readFileSync(`${root}docs/troubleshooting.md`, "utf8");
const messages = page.split("\n").flatMap((line) => /^> (.+)$/.exec(line)?.[1] ?? []);

/** What stands on the screen: the first column of the table for support. */
const [, support = ""] = /## What a user reports\n([^]*?)\n## /.exec(page) ?? [];
const onScreen = support
  .split("\n")
  .flatMap((line) => /^\| (.+?) +\|/.exec(line)?.[1] ?? [])
  .slice(1);

test("the page names messages, and what stands on the screen", () => {
  expect(messages.length).toBeGreaterThan(15);
  expect(onScreen.length).toBeGreaterThan(15);
});

test.each([...messages, ...onScreen])("%s", (message) => {
  const missing = partsOf(message).filter((part) => !said.includes(part));
  expect(missing).toEqual([]);
});
