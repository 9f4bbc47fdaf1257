// Which rules of a contract suite a subject breaks.
import type { ContractCase } from "../contract-case.ts";

/** The names of the cases that fail, in order. */
export async function failedCases(cases: readonly ContractCase[]): Promise<readonly string[]> {
  const failed: string[] = [];
  for (const { name, run } of cases) await run().catch(() => failed.push(name));
  return failed;
}
