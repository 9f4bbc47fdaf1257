// The whole check, as CI runs it, then a table, the names of the tests that failed, and one line of totals. What takes longer is in nightly.ts.
import { rmSync } from "node:fs";
import { join } from "node:path";
import { runInPairs, runSteps, tableOf, type CheckStep } from "./run-steps.ts";
import { readTestCounts, type TestCounts } from "./test-report.ts";

/** Later steps use what `build` leaves in dist. */
const FIRST: readonly CheckStep[] = [["build"], ["typecheck"]];
/** Each of these reads files on one core. */
const READING: readonly CheckStep[] = [
  ["lint"],
  ["pkg"],
  ["docs"],
  ["knip"],
  ["reference", "--", "--check"],
  ["format:check"],
  ["conformance"],
  ["workflows"],
  ["lockfile"],
];
/** These have a worker per core, and nothing beside them. */
const TESTING: readonly CheckStep[] = ["coverage", "test:rest"].map((name) => [
  name,
  "--",
  "--reporter=default",
  "--reporter=json",
  `--outputFile.json=${reportOf(name)}`,
]);
/** These install, bundle and start servers, and wait much. The longest come first. */
const USING: readonly CheckStep[] = [["packed"], ["walk"], ["expo"], ["next:check"], ["runtimes"], ["rn"], ["size"]];
/** Set by .ci/run where the machine lacks something that tests need and it cannot be installed: then they may be left out. */
const { MAY_SKIP_TESTS } = process.env;
const SHOWN_FAILURES = 20;

// The children that tests start are this repository's sources over and over: compiled once, each starts in half the time.
process.env["NODE_COMPILE_CACHE"] ??= join(process.cwd(), "node_modules/.cache/compiled");
const reports = TESTING.map(([name = ""]) => reportOf(name));
for (const report of reports) rmSync(report, { force: true });
const results = [
  ...(await runSteps(FIRST)),
  ...(await runInPairs(READING)),
  ...(await runSteps(TESTING)),
  ...(await runInPairs(USING)),
];
const tests = readTestCounts(reports);
const skippedTooMany = tests !== undefined && tests.skipped > 0 && MAY_SKIP_TESTS === undefined ? tests.skipped : 0;
const failed = results.filter(({ isPassed }) => !isPassed).length + (tests?.failed ?? 0) + skippedTooMany;
const passed = results.filter(({ isPassed }) => isPassed).length + (tests?.passed ?? 0);
process.stdout.write(
  `\n${tableOf(results)}\n${failures(tests)}${sentence(tests)}\n${passed} passed, ${failed} failed\n`,
);
process.exitCode = failed === 0 && tests !== undefined ? 0 : 1;

/** What to look for above: at most as many as fit the end of a log. */
function failures({ failures: lines }: Pick<TestCounts, "failures"> = { failures: [] }): string {
  const more = lines.length > SHOWN_FAILURES ? [`and ${lines.length - SHOWN_FAILURES} more`] : [];
  return [...lines.slice(0, SHOWN_FAILURES), ...more].map((line) => `FAILED  ${line}\n`).join("");
}

function reportOf(name: string): string {
  return `out/${name.replace(":", "-")}.json`;
}

function sentence(counts: TestCounts | undefined): string {
  if (counts === undefined) return "Tests left no report.";
  const { passed, failed, skipped } = counts;
  const left = skipped === 0 || MAY_SKIP_TESTS === undefined ? "" : ` for want of ${MAY_SKIP_TESTS}`;
  return `tests: ${passed} passed, ${failed} failed, ${skipped} skipped${left}; each step above counts as one`;
}
