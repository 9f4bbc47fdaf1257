// What vitest's JSON report says: three numbers, and the names of what failed.
import { readFileSync } from "node:fs";
import { relative } from "node:path";

/** Where the report is written, from the root. */
export const TEST_REPORT = "out/tests.json";

/** How the tests went. */
export interface TestCounts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  /** A line for each test that failed, and for each file that failed before it had a test. */
  readonly failures: readonly string[];
}

/** Reads the report. Undefined when there is none, or when it holds no test at all. */
export function readTestCounts(): TestCounts | undefined {
  const report = readReport();
  if (report === undefined || report.numTotalTests === 0) return undefined;
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests } = report;
  const failures = report.testResults.flatMap(failuresOf);
  return { passed: numPassedTests, failed: numFailedTests, skipped: numPendingTests + numTodoTests, failures };
}

/** Vitest's own format. */
interface Report extends Record<
  "numTotalTests" | "numPassedTests" | "numFailedTests" | "numPendingTests" | "numTodoTests",
  number
> {
  readonly testResults: readonly FileResult[];
}

interface FileResult {
  readonly name: string;
  readonly status: string;
  readonly message: string;
  readonly assertionResults: readonly {
    readonly status: string;
    readonly fullName: string;
    readonly failureMessages: readonly string[];
  }[];
}

function readReport(): Report | undefined {
  try {
    return JSON.parse(readFileSync(TEST_REPORT, "utf8")) as Report;
  } catch {
    return undefined;
  }
}

function failuresOf({ name, status, message, assertionResults }: FileResult): readonly string[] {
  const file = relative(process.cwd(), name);
  const failed = assertionResults.filter((test) => test.status === "failed");
  if (failed.length === 0) return status === "failed" ? [`${file}: ${firstLine(message)}`] : [];
  return failed.map(({ fullName, failureMessages }) => `${file} > ${fullName}: ${firstLine(failureMessages[0])}`);
}

function firstLine(text = ""): string {
  const [line = ""] = text.split("\n", 1);
  return line.slice(0, 200);
}
