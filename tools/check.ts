// The whole check: every step in turn, going on after a failure, then a table and one line of totals. Does not know what a step does.
import { spawn } from "node:child_process";
import { rmSync } from "node:fs";
import { readTestCounts, TEST_REPORT, type TestCounts } from "./test-report.ts";

/** A step is an npm script of the root with its extra arguments. Later ones use what `build` leaves in dist. */
const STEPS: readonly (readonly string[])[] = [
  ["build"],
  ["typecheck"],
  ["docs"],
  ["reference", "--", "--check"],
  ["lint"],
  ["format:check"],
  ["coverage", "--", "--reporter=default", "--reporter=json", `--outputFile.json=${TEST_REPORT}`],
  ["knip"],
  ["lockfile"],
  ["conformance"],
  ["pkg"],
  ["packed"],
  ["walk"],
  ["runtimes"],
  ["size"],
  ["rn"],
  ["expo"],
  ["next"],
];

interface StepResult {
  readonly name: string;
  readonly isPassed: boolean;
  readonly seconds: number;
}

rmSync(TEST_REPORT, { force: true });
const results: StepResult[] = [];
for (const step of STEPS) results.push(await run(step));
const tests = readTestCounts();
const failed = results.filter(({ isPassed }) => !isPassed).length + (tests?.failed ?? 0);
const passed = results.filter(({ isPassed }) => isPassed).length + (tests?.passed ?? 0);
process.stdout.write(`\n${table(results)}\n${sentence(tests)}\n${passed} passed, ${failed} failed\n`);
process.exitCode = failed === 0 && tests !== undefined ? 0 : 1;

async function run([name = "", ...rest]: readonly string[]): Promise<StepResult> {
  process.stdout.write(`\n== ${name}\n`);
  const start = performance.now();
  const isPassed = await new Promise<boolean>((resolve) => {
    const child = spawn("npm", ["run", "-s", name, ...rest], { stdio: "inherit", shell: process.platform === "win32" });
    child.on("error", () => resolve(false));
    child.on("close", (code) => resolve(code === 0));
  });
  return { name, isPassed, seconds: (performance.now() - start) / 1_000 };
}

function table(rows: readonly StepResult[]): string {
  const lines = rows.map(
    ({ name, isPassed, seconds }) => `${isPassed ? "passed" : "FAILED"}  ${seconds.toFixed(1).padStart(6)} s  ${name}`,
  );
  const total = rows.reduce((sum, { seconds }) => sum + seconds, 0);
  return [...lines, `        ${total.toFixed(1).padStart(6)} s  in all`].join("\n");
}

function sentence(counts: TestCounts | undefined): string {
  if (counts === undefined) return "The tests left no report.";
  const { passed, failed, skipped } = counts;
  return `tests: ${passed} passed, ${failed} failed, ${skipped} skipped for want of something this machine lacks; each step above counts as one`;
}
