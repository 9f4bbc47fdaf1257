// What vitest's JSON report says, as three numbers.
import { readFileSync } from "node:fs";

/** Where the report is written, from the root. */
export const TEST_REPORT = "out/tests.json";

/** How the tests went. */
export interface TestCounts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/** Reads the report. Undefined when there is none, or when it holds no test at all. */
export function readTestCounts(): TestCounts | undefined {
  const report = readReport();
  if (report === undefined || report.numTotalTests === 0) return undefined;
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests } = report;
  return { passed: numPassedTests, failed: numFailedTests, skipped: numPendingTests + numTodoTests };
}

type Report = Record<
  "numTotalTests" | "numPassedTests" | "numFailedTests" | "numPendingTests" | "numTodoTests",
  number
>;

function readReport(): Report | undefined {
  try {
    return JSON.parse(readFileSync(TEST_REPORT, "utf8")) as Report; // vitest's own format
  } catch {
    return undefined;
  }
}
