// docs/support.md: written from what a run has shown, and compared with it.
import { readFileSync, writeFileSync } from "node:fs";
import { RUNTIMES } from "./runtimes.ts";
import type { Runtime } from "./runtime.ts";

const PAGE = "docs/support.md";

/** What one runtime has shown. */
export interface Shown extends Pick<Runtime, "name" | "when"> {
  readonly version: string;
  readonly what: readonly string[];
  readonly problems: readonly string[];
}

/** Writes the page. Rows of runtimes that were not run stay as they are. */
export function writePage(shown: readonly Shown[]): void {
  const page = readPage();
  const rows = RUNTIMES.map(({ name }) => {
    const own = shown.find((one) => one.name === name);
    return own === undefined ? rowFor(name, page) : rowOf(own);
  });
  const begin = page.indexOf(HEAD) + HEAD.length;
  const end = page.indexOf("\n\n", begin);
  writeFileSync(PAGE, `${page.slice(0, begin)}\n${rows.join("\n")}${page.slice(end)}`);
}

/** What the page says other than it was. */
export function compareWithPage(shown: readonly Shown[]): string[] {
  const page = readPage();
  return shown
    .filter(({ problems }) => problems.length === 0)
    .map(rowOf)
    .filter((row) => !page.includes(row))
    .map((row) => `${PAGE} has no line "${row}": npm run runtimes -- --nightly --write`);
}

const HEAD = "| runtime | version | run in | shown |\n| --- | --- | --- | --- |";

function rowOf({ name, version, when, what }: Shown): string {
  return `| ${name} | ${version} | \`npm run ${when}\` | ${what.join(", ")} |`;
}

function rowFor(name: string, page: string): string {
  return page.split("\n").find((line) => line.startsWith(`| ${name} |`)) ?? `| ${name} | not run yet | | |`;
}

function readPage(): string {
  return readFileSync(PAGE, "utf8");
}
