// Counts how many runs of a matrix broke each check.
import { checkOf } from "./checks.ts";
import type { CrashMatrixFinding } from "./run-crash-matrix.ts";

/** Findings by check. A finding that broke several checks counts for each. */
export function countByCheck(findings: readonly CrashMatrixFinding[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { violations, imbalances } of findings) {
    for (const check of new Set([...violations, ...imbalances].map(checkOf))) counts[check] = (counts[check] ?? 0) + 1;
  }
  return counts;
}
