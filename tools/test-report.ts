// What vitest's JSON reports say: three numbers, and the names of what failed.
import { readFileSync } from "node:fs";
import { relative } from "node:path";

/** How the tests went. */
export interface TestCounts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  /** A line for each test that failed, and for each file that failed before it had a test. */
  readonly failures: readonly string[];
}

/** Reads the reports of all runs. Undefined where one is missing, or holds no test at all. */
export function readTestCounts(files: readonly string[]): TestCounts | undefined {
  const reports = files.flatMap((file) => readReport(file) ?? []);
  if (reports.length < files.length || reports.some(({ numTotalTests }) => numTotalTests === 0)) return undefined;
  const sum = (count: (report: Report) => number): number => reports.reduce((all, report) => all + count(report), 0);
  return {
    passed: sum(({ numPassedTests }) => numPassedTests),
    failed: sum(({ numFailedTests }) => numFailedTests),
    skipped: sum(({ numPendingTests, numTodoTests }) => numPendingTests + numTodoTests),
    failures: reports.flatMap(({ testResults }) => testResults.flatMap(failuresOf)),
  };
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

function readReport(file: string): Report | undefined {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as Report;
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
