// Proves that the lint rules can fail: lints small offenders in a copy of the folders, and expects each to be named, and the exceptions not.
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

interface Probe {
  readonly file: string;
  readonly code: string;
  /** The rule that must report it. Left out: nothing may. */
  readonly rule?: string;
}

const sdk = "packages/video-sdk/src";
const PROBES: readonly Probe[] = [
  { file: `${sdk}/core/date.ts`, code: "export const now = () => Date.now();", rule: "no-restricted-globals" },
  {
    file: `${sdk}/engine/timer.ts`,
    code: "export const wait = () => globalThis.setTimeout(() => 1, 1);",
    rule: "no-restricted-globals",
  },
  {
    file: `${sdk}/testing/timer.ts`,
    code: "export const wait = () => setTimeout(() => 1, 1);",
    rule: "no-restricted-globals",
  },
  { file: `${sdk}/convex/id.ts`, code: "export const id = () => crypto.randomUUID();", rule: "no-restricted-globals" },
  {
    file: `${sdk}/http/timer.ts`,
    code: "export const wait = () => setTimeout(() => 1, 1);",
    rule: "no-restricted-globals",
  },
  {
    file: `${sdk}/server/call.ts`,
    code: 'export const call = () => fetch("https://app.test");',
    rule: "no-restricted-globals",
  },
  {
    file: `${sdk}/react-native/document.ts`,
    code: "export const title = () => document.title;",
    rule: "no-restricted-globals",
  },
  {
    file: `${sdk}/core/chance.ts`,
    code: "export const chance = () => Math.random();",
    rule: "no-restricted-properties",
  },
  {
    file: `${sdk}/http/signal.ts`,
    code: "export const late = () => AbortSignal.timeout(1);",
    rule: "no-restricted-properties",
  },
  { file: `${sdk}/core/console.ts`, code: 'export const say = () => console.log("");', rule: "no-console" },
  { file: `${sdk}/core/any.ts`, code: "export const a = (x: any): unknown => x;", rule: "no-explicit-any" },
  {
    file: `${sdk}/core/non-null.ts`,
    code: "export const a = (x?: string): string => x!;",
    rule: "no-non-null-assertion",
  },
  {
    file: `${sdk}/core/four.ts`,
    code: "export const f = (a: 1, b: 1, c: 1, d: 1) => [a, b, c, d];",
    rule: "max-params",
  },
  {
    file: `${sdk}/core/floating.ts`,
    code: "export function f(): void { Promise.resolve(1); }",
    rule: "no-floating-promises",
  },
  { file: `${sdk}/core/throw.ts`, code: 'export function f(): never { throw "text"; }', rule: "only-throw-error" },
  {
    file: `${sdk}/core/long.ts`,
    code: `export function f(): void {\n${"  f();\n".repeat(60)}}`,
    rule: "max-lines-per-function",
  },
  { file: `${sdk}/core/file.ts`, code: `${"// one more line\n".repeat(400)}export const a = 1;`, rule: "max-lines" },
  {
    file: `${sdk}/core/cycle-a.ts`,
    code: 'import { b } from "./cycle-b.ts";\nexport const a = () => b;',
    rule: "no-cycle",
  },
  {
    file: `${sdk}/core/cycle-b.ts`,
    code: 'import { a } from "./cycle-a.ts";\nexport const b = () => a;',
    rule: "no-cycle",
  },
  {
    file: `${sdk}/platform/system.ts`,
    code: "export const wait = () => setTimeout(() => Math.random() + Date.now(), 1);",
  },
  { file: `${sdk}/http/default.ts`, code: "export const send = (call = fetch) => call;" },
  { file: `${sdk}/web/page.ts`, code: "export const title = () => document.title;" },
  { file: `${sdk}/core/date.test.ts`, code: "export const now = () => Date.now();" },
];

const folder = mkdtempSync(join(tmpdir(), "video-engine-lint-"));
try {
  const problems = findProblems(lint());
  for (const problem of problems) process.stderr.write(`${problem}\n`);
  process.stdout.write(`${PROBES.length} probes, ${problems.length} problems\n`);
  process.exitCode = problems.length === 0 ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** What was reported, as `file rule`. */
function lint(): string[] {
  for (const name of ["oxlint.config.ts", "tsconfig.base.json", "package.json"]) cpSync(name, join(folder, name));
  symlinkSync(join(process.cwd(), "node_modules"), join(folder, "node_modules"), "junction");
  writeFileSync(join(folder, "tsconfig.json"), '{ "extends": "./tsconfig.base.json", "include": ["packages"] }');
  for (const { file, code } of PROBES) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), `${code}\n`);
  }
  const { stdout, stderr } = spawnSync(process.execPath, ["node_modules/oxlint/bin/oxlint", "--format=json"], {
    cwd: folder,
    encoding: "utf8",
  });
  if (!stdout.startsWith("{")) throw new Error(`oxlint could not run: ${stdout}${stderr}`);
  const { diagnostics } = JSON.parse(stdout) as { diagnostics: { code: string; filename: string }[] }; // oxlint's own format
  return diagnostics.map(
    ({ code, filename }) => `${filename.replaceAll("\\", "/")} ${/\((.*)\)/.exec(code)?.[1] ?? code}`,
  );
}

function findProblems(reports: readonly string[]): string[] {
  return PROBES.flatMap(({ file, rule }) => {
    const found = reports
      .filter((report) => report.startsWith(`${file} `))
      .map((report) => report.slice(file.length + 1));
    if (rule === undefined)
      return found.length === 0 ? [] : [`${file} must be allowed, and is refused by ${found.join(" ")}`];
    return found.includes(rule) ? [] : [`${file} must be refused by ${rule}, and is not`];
  });
}
