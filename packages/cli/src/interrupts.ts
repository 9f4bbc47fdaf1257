// What ends a command early, a signal or a fault of its own: what each part of it does then. Knows no part.
import { constants } from "node:os";
import { isatty } from "node:tty";

/** What the part of a command that is running does when it is interrupted. */
export interface Reaction {
  /** The first Ctrl-C. Left out: it leaves at once. */
  readonly cancel?: (() => void) | undefined;
  /** The second one. Says what is left behind, at once and for good: the process then ends. */
  readonly leave: () => void;
  /**
   * Whether SIGTERM and SIGHUP leave at once because another command can go on with what is left. Default false: they cancel, as Ctrl-C does,
   * because nothing else could.
   */
  readonly isResumable?: boolean;
}

/** Decides what a signal does by what is running. */
export interface Interrupts {
  /** How the process ends by the first signal: 128 and its number. Undefined without one. */
  readonly code: number | undefined;
  /** Runs a part with its reaction, which counts until the part has ended. */
  during<T>(reaction: Reaction, part: () => Promise<T>): Promise<T>;
  stop(): void;
}

/**
 * Signals closer together than this are one. A terminal sends its Ctrl-C to every process in the foreground, and npm passes its own on
 * to the script that it runs: the command gets both within milliseconds. A person needs longer for a second press.
 */
const SAME_PRESS_MS = 250;

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
type EndingSignal = (typeof SIGNALS)[number];

/**
 * Whether a terminal that closes can be this command's own. `nohup` leaves none, and asks to live on: Node does not pass that on, because
 * it sets every signal back to its default when it starts.
 */
function hasTerminal(): boolean {
  return [0, 1, 2].some((fd) => isatty(fd));
}

/** Listens until `stop`, to signals and to what nothing else has caught. `idle` counts while no part is running. */
export function listenToInterrupts(idle: Reaction, now: () => number = () => performance.now()): Interrupts {
  const canHangUp = hasTerminal();
  const reactions = [idle];
  const seenAt = new Map<EndingSignal, number>();
  let code: number | undefined;
  const leave = (): void => {
    reactions.at(-1)?.leave();
    process.exit(code);
  };
  const interrupted = (signal: EndingSignal): void => {
    if (signal === "SIGHUP" && !canHangUp) return;
    const before = seenAt.get(signal);
    if (before !== undefined && now() - before < SAME_PRESS_MS) return;
    seenAt.set(signal, now());
    const isFirst = code === undefined;
    code ??= 128 + constants.signals[signal];
    const { cancel, isResumable = false } = reactions.at(-1) ?? idle;
    if (!isFirst || cancel === undefined || (signal !== "SIGINT" && isResumable)) leave();
    else cancel();
  };
  const crashed = (thrown: unknown): void => {
    console.error(`internal: ${thrown instanceof Error ? thrown.message : String(thrown)}`);
    reactions.at(-1)?.leave();
    process.exit(1);
  };
  for (const signal of SIGNALS) process.on(signal, interrupted);
  process.on("uncaughtException", crashed);
  return {
    get code() {
      return code;
    },
    async during(reaction, part) {
      reactions.push(reaction);
      try {
        return await part();
      } finally {
        reactions.splice(reactions.indexOf(reaction), 1);
      }
    },
    stop() {
      for (const signal of SIGNALS) process.off(signal, interrupted);
      process.off("uncaughtException", crashed);
    },
  };
}
