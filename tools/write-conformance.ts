// Writes docs/conformance.md from the installed versions and the tests. Without `--write` it only compares, and fails when the page is old or when
// a file does not run the program that it is listed for.
import { readFileSync, writeFileSync } from "node:fs";
import { DRIVEN, type Driven, type DrivenBy } from "./conformance/programs.ts";
import { installedVersion, problemsWith, titlesIn } from "./conformance/read-tests.ts";

const PAGE = "docs/conformance.md";
const INTRODUCTION = `# Driven by others' programs

Our servers stand in for others'. Whether they are right is not for our own client alone to say: these programs run against them in \`npm run check\`.
This page is written by \`npm run conformance -- --write\` from what is installed and from the tests; the check fails when it is not current.
`;

const problems = DRIVEN.flatMap(({ programs }) =>
  programs.flatMap(({ program, installedAs, tests, by }) => problemsWith(installedAs ?? program, tests, by)),
);
const page = problems.length === 0 ? [INTRODUCTION, ...DRIVEN.map(section)].join("\n") : "";
if (problems.length === 0 && process.argv.includes("--write")) writeFileSync(PAGE, page);
else if (problems.length === 0 && readPage() !== page) problems.push(`${PAGE} is old: npm run conformance -- --write`);
for (const problem of problems) process.stderr.write(`${problem}\n`);
process.stdout.write(`${DRIVEN.flatMap(({ programs }) => programs).length} programs, ${problems.length} problems\n`);
process.exitCode = problems.length === 0 ? 0 : 1;

function section({ name, what, programs, missing }: Driven): string {
  const files = [...new Set(programs.flatMap(({ tests }) => tests))];
  return [
    `## ${name}\n`,
    `${what}\n`,
    "| program | version | runs in |",
    "| --- | --- | --- |",
    ...programs.map(row),
    "\nWhat is shown, file by file:\n",
    ...files.flatMap((file) => [
      `- ${linkTo(file)}`,
      ...titlesIn(file).map((title) => `  - ${title.replace(/%\w/g, "…")}`),
    ]),
    "\nNot simulated:\n",
    ...missing.map((line) => `- ${line}`),
    "",
  ].join("\n");
}

function row({ program, installedAs = program, tests, by = [] }: DrivenBy): string {
  const version = installedVersion(installedAs, by[0] ?? tests[0] ?? "");
  return `| [${program}](https://www.npmjs.com/package/${program}) | ${version} | ${tests.map(linkTo).join(", ")} |`;
}

function linkTo(file: string): string {
  return `[${file.split("/").at(-1)}](../${file})`;
}

function readPage(): string | undefined {
  try {
    return readFileSync(PAGE, "utf8");
  } catch {
    return undefined;
  }
}
