// What a test file says it shows, and whether it really runs the program that it is listed for.
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";

/** The title of each test of a file, in order, under the names of its groups. */
export function titlesIn(file: string): string[] {
  const groups: string[] = [];
  const titles: string[] = [];
  for (const line of readFileSync(file, "utf8").split("\n")) {
    const [, indent = "", kind, title = ""] = TEST_LINE.exec(line) ?? TABLE_END.exec(line) ?? [];
    if (kind === undefined || title === "") continue;
    const depth = indent.length / 2;
    groups.length = Math.min(groups.length, depth);
    if (kind === "describe") groups[depth] = title;
    else titles.push([...groups.filter((group) => group !== undefined), title].join(": "));
  }
  return titles;
}

/** A group or a test whose title stands on the line of its name, and the end of a table of them. */
const TEST_LINE = /^( *)(describe|test)(?:\.(?:each|for|skipIf)\(.*\))*\((?:async )?["`](.*?)["`], /;
const TABLE_END = /^( *)\](?: as const)?()\)\(["`](.*?)["`], /;

/** What is wrong with the claim that these files run a program. */
export function problemsWith(program: string, tests: readonly string[], by: readonly string[] = []): string[] {
  const imports = new RegExp(`(?:from|import\\() ?"${program}(?:/[\\w/.-]+)?"|import "${program}`);
  const isImported = [...tests, ...by].some((file) => existsSync(file) && imports.test(readFileSync(file, "utf8")));
  return [
    ...tests.flatMap((file) => problemsOf(file)),
    ...(isImported ? [] : [`${program} is imported by none of ${[...tests, ...by].join(", ")}`]),
  ];
}

function problemsOf(file: string): string[] {
  if (!existsSync(file)) return [`${file} is not there`];
  const text = readFileSync(file, "utf8");
  if (/\b(?:test|describe)\.(?:skip|todo|only)\(/.test(text)) return [`${file} leaves tests out`];
  return titlesIn(file).length === 0 ? [`${file} has no test whose title could be read`] : [];
}

/** The version of a package that a file would import. */
export function installedVersion(program: string, file: string): string {
  for (const folder of createRequire(resolve(file)).resolve.paths(program) ?? []) {
    const manifest = join(folder, program, "package.json");
    if (existsSync(manifest)) return String(JSON.parse(readFileSync(manifest, "utf8")).version);
  }
  throw new Error(`${program} is not installed beside ${dirname(file)}.`);
}
