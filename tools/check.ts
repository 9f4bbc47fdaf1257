// The whole check, as CI runs it: every step in turn, then a table and one line of totals. What takes longer is in nightly.ts.
import { rmSync } from "node:fs";
import { runSteps, tableOf, type CheckStep } from "./run-steps.ts";
import { readTestCounts, TEST_REPORT, type TestCounts } from "./test-report.ts";

/** Later steps use what `build` leaves in dist. */
const STEPS: readonly CheckStep[] = [
  ["build"],
  ["typecheck"],
  ["docs"],
  ["reference", "--", "--check"],
  ["lint"],
  ["format:check"],
  ["coverage", "--", "--reporter=default", "--reporter=json", `--outputFile.json=${TEST_REPORT}`],
  ["knip"],
  ["lockfile"],
  ["workflows"],
  ["conformance"],
  ["pkg"],
  ["packed"],
  ["walk"],
  ["runtimes"],
  ["size"],
  ["rn"],
  ["expo"],
  ["next:check"],
];
/** Set by .ci/run where the machine lacks something that tests need and it cannot be installed: then they may be left out. */
const { MAY_SKIP_TESTS } = process.env;

rmSync(TEST_REPORT, { force: true });
const results = await runSteps(STEPS);
const tests = readTestCounts();
const skippedTooMany = tests !== undefined && tests.skipped > 0 && MAY_SKIP_TESTS === undefined ? tests.skipped : 0;
const failed = results.filter(({ isPassed }) => !isPassed).length + (tests?.failed ?? 0) + skippedTooMany;
const passed = results.filter(({ isPassed }) => isPassed).length + (tests?.passed ?? 0);
process.stdout.write(`\n${tableOf(results)}\n${sentence(tests)}\n${passed} passed, ${failed} failed\n`);
process.exitCode = failed === 0 && tests !== undefined ? 0 : 1;

function sentence(counts: TestCounts | undefined): string {
  if (counts === undefined) return "The tests left no report.";
  const { passed, failed, skipped } = counts;
  const left = skipped === 0 || MAY_SKIP_TESTS === undefined ? "" : ` for want of ${MAY_SKIP_TESTS}`;
  return `tests: ${passed} passed, ${failed} failed, ${skipped} skipped${left}; each step above counts as one`;
}
