// Runs one table of scenarios and leaves a report for the host. A scenario that does not end leaves none.
import { sandbox } from "../device/sandbox.ts";

/** How one scenario went. */
export interface ScenarioResult {
  readonly name: string;
  /** Why it failed; left out when it passed. */
  readonly problem?: string | undefined;
}

/** One after the other, because they share the network. */
export async function runAll(scenarios: Readonly<Record<string, () => Promise<void>>>): Promise<void> {
  const results: ScenarioResult[] = [];
  for (const [name, run] of Object.entries(scenarios)) {
    try {
      await run();
      results.push({ name });
    } catch (thrown) {
      results.push({ name, problem: thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown) });
    }
  }
  sandbox.report = JSON.stringify(results);
}
