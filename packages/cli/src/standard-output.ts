// Standard output and standard error, which may be closed, full or gone while money is still moving: no failure of theirs ends a command.
import { writeSync } from "node:fs";
import { fileReason } from "./usage-error.ts";

let pending = 0;
let isUsed = false;
let settled: (() => void) | undefined;
let lost: string | undefined;

/** Prints a result on standard output. What its reader no longer wants, as after `| head -1`, is dropped. */
export function print(text: string): void {
  write(text, (error) => {
    if (!isClosed(error)) lose(text, error);
  });
}

/** Prints what must not be lost, such as where a paid video is: on standard error where standard output does not take it. */
export function printKept(text: string): void {
  write(text, (error) => (isClosed(error) ? console.error(text) : lose(text, error)));
}

/** Whether something was given to standard output: a document that is there needs no second one. */
export function hasPrinted(): boolean {
  return isUsed;
}

/** Whether everything was printed, once it is decided. What was not is on standard error; a reader who left is no failure. */
export async function allPrinted(): Promise<boolean> {
  if (pending > 0) await new Promise<void>((resolve) => (settled = resolve));
  return lost === undefined;
}

/** Takes the failures of both outputs, which would end the process. Called once, before anything is printed. */
export function guardOutputs(): void {
  // Told of by the callback of each write.
  process.stdout.on("error", () => undefined);
  process.stderr.on("error", () => undefined);
}

/** The same as {@link printKept} for a process that ends at once: nothing is left to be printed later. */
export function printLast(text: string): void {
  try {
    writeSync(process.stdout.fd, `${text}\n`);
  } catch {
    console.error(text);
  }
}

function write(text: string, failed: (error: Error) => void): void {
  pending += 1;
  isUsed = true;
  process.stdout.write(`${text}\n`, (error) => {
    if (error) failed(error);
    pending -= 1;
    if (pending === 0) settled?.();
  });
}

function isClosed(error: Error): boolean {
  return "code" in error && (error.code === "EPIPE" || error.code === "ERR_STREAM_DESTROYED");
}

function lose(text: string, error: Error): void {
  const reason = fileReason(error) ?? error.message;
  if (lost === undefined) console.error(`Standard output cannot be written: ${reason}. What belongs there follows.`);
  lost = reason;
  console.error(text);
}
