// Runs npm scripts, goes on after a failure, and prints a table. Does not know what a step does.
import { spawn } from "node:child_process";

/** An npm script of the root with its extra arguments. */
export type CheckStep = readonly string[];

/** How a step went. */
export interface StepResult {
  readonly name: string;
  readonly isPassed: boolean;
  readonly seconds: number;
}

/** Runs them all in turn, each with both hands on the terminal. */
export async function runSteps(steps: readonly CheckStep[]): Promise<readonly StepResult[]> {
  const results: StepResult[] = [];
  for (const step of steps) {
    process.stdout.write(titleOf(step));
    results.push(await run(step, "inherit"));
  }
  return results;
}

/** Runs two at a time, for steps that leave a core idle. What one prints is shown when it has ended, so that no two are mixed. */
export async function runInPairs(steps: readonly CheckStep[]): Promise<readonly StepResult[]> {
  const results: StepResult[] = [];
  const waiting = [...steps];
  const work = async (): Promise<void> => {
    for (let step = waiting.shift(); step !== undefined; step = waiting.shift()) {
      const printed: Buffer[] = [];
      results.push(await run(step, (chunk) => printed.push(chunk)));
      process.stdout.write(Buffer.concat([Buffer.from(titleOf(step)), ...printed]));
    }
  };
  await Promise.all([work(), work()]);
  return results;
}

/** A line per step, and one with the time since the program started. */
export function tableOf(results: readonly StepResult[]): string {
  const lines = results.map(
    ({ name, isPassed, seconds }) => `${isPassed ? "passed" : "FAILED"}  ${shown(seconds)} s  ${name}`,
  );
  return [...lines, `        ${shown(performance.now() / 1_000)} s  in all`].join("\n");
}

const shown = (seconds: number): string => seconds.toFixed(1).padStart(6);

const titleOf = (step: CheckStep): string => `\n== ${step.join(" ")}\n`;

async function run(
  [name = "", ...rest]: CheckStep,
  output: "inherit" | ((chunk: Buffer) => void),
): Promise<StepResult> {
  const start = performance.now();
  const isPassed = await new Promise<boolean>((resolve) => {
    const stdio = output === "inherit" ? output : "pipe";
    const child = spawn("npm", ["run", "-s", name, ...rest], { stdio, shell: process.platform === "win32" });
    if (output !== "inherit") for (const stream of [child.stdout, child.stderr]) stream?.on("data", output);
    child.on("error", () => resolve(false));
    child.on("close", (code) => resolve(code === 0));
  });
  return { name, isPassed, seconds: (performance.now() - start) / 1_000 };
}
