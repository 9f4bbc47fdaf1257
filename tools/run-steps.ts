// Runs npm scripts in turn, goes on after a failure, and prints a table. Does not know what a step does.
import { spawn } from "node:child_process";

/** An npm script of the root with its extra arguments. */
export type CheckStep = readonly string[];

/** How a step went. */
export interface StepResult {
  readonly name: string;
  readonly isPassed: boolean;
  readonly seconds: number;
}

/** Runs them all. */
export async function runSteps(steps: readonly CheckStep[]): Promise<readonly StepResult[]> {
  const results: StepResult[] = [];
  for (const step of steps) results.push(await run(step));
  return results;
}

/** A line per step, and one for all. */
export function tableOf(results: readonly StepResult[]): string {
  const lines = results.map(
    ({ name, isPassed, seconds }) => `${isPassed ? "passed" : "FAILED"}  ${seconds.toFixed(1).padStart(6)} s  ${name}`,
  );
  const total = results.reduce((sum, { seconds }) => sum + seconds, 0);
  return [...lines, `        ${total.toFixed(1).padStart(6)} s  in all`].join("\n");
}

async function run([name = "", ...rest]: CheckStep): Promise<StepResult> {
  process.stdout.write(`\n== ${[name, ...rest].join(" ")}\n`);
  const start = performance.now();
  const isPassed = await new Promise<boolean>((resolve) => {
    const child = spawn("npm", ["run", "-s", name, ...rest], { stdio: "inherit", shell: process.platform === "win32" });
    child.on("error", () => resolve(false));
    child.on("close", (code) => resolve(code === 0));
  });
  return { name, isPassed, seconds: (performance.now() - start) / 1_000 };
}
