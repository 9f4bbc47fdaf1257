// How a command ends, for the shell and for scripts. One table for all commands.
import { isVideoError } from "@video-engine/video-sdk";
import { UsageError } from "./usage-error.ts";

/** The exit codes of every command. */
export const EXIT = {
  done: 0,
  /** The generation failed, or a service could not be reached. The error's code and sentence are on standard error. */
  failed: 1,
  /** Refused before anything was called: a flag, a file or a request that cannot work. */
  wrongUse: 2,
  /** The video was made and charged, but could not be saved here. Its URL was printed. */
  notSaved: 3,
  /** It was done, but standard output could not be written, such as to a full disk. What belongs there is on standard error. */
  notPrinted: 4,
  /** The terminal was closed: 128 and the number of the signal, as shells do. */
  hungUp: 129,
  /** Canceled by Ctrl-C. */
  canceled: 130,
  /** Ended by another program. */
  terminated: 143,
} as const;

/** One of {@link EXIT}. */
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

const REFUSED_REQUESTS: ReadonlySet<string> = new Set(["invalid-request", "unknown-model", "model-retired"]);

/** The exit code of something thrown. */
export function exitCodeOf(thrown: unknown): ExitCode {
  if (thrown instanceof UsageError) return EXIT.wrongUse;
  return isVideoError(thrown) && REFUSED_REQUESTS.has(thrown.code) ? EXIT.wrongUse : EXIT.failed;
}
