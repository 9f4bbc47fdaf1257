// The first thing that runs: from here on every end of the process is a told one, also while the rest is still being loaded.
import { formIn, refusalIn } from "./output-form.ts";
import { listenToInterrupts } from "./interrupts.ts";
import { guardOutputs, hasPrinted, printLast } from "./standard-output.ts";

const INTERRUPTED = { code: "interrupted", message: "It was interrupted: nothing was made, and nothing was charged." };

/** Runs a command. Returns the exit code. */
export async function start(args: readonly string[]): Promise<number> {
  guardOutputs();
  const form = formIn(args);
  // True of every command while no part of it says more.
  const leave = (): void => {
    if (hasPrinted()) return;
    if (form === "text") console.error(INTERRUPTED.message);
    else printLast(refusalIn(form, INTERRUPTED));
  };
  const interrupts = listenToInterrupts({ leave });
  try {
    const { run } = await import("./program.ts");
    return await run(args, interrupts);
  } finally {
    interrupts.stop();
  }
}
