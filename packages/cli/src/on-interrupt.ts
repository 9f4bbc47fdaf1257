// Ctrl-C: once to cancel, twice to leave at once.

/** What an interrupt does. */
export interface Interrupts {
  /** The first Ctrl-C. */
  cancel(): void;
  /** The second one, or an end that another program asks for. Says what is left behind; the process then ends. */
  leave(): void;
}

/**
 * Signals closer together than this are one. A terminal sends its Ctrl-C to every process in the foreground, and npm passes its own on
 * to the script that it runs: the command gets both within milliseconds. A person needs longer for a second press.
 */
const SAME_PRESS_MS = 250;

/** Listens to Ctrl-C, and to SIGTERM and SIGHUP, after which the output is not read. Returns a function that stops listening. */
export function onInterrupt({ cancel, leave }: Interrupts, now: () => number = () => performance.now()): () => void {
  let pressedAt: number | undefined;
  const interrupted = (): void => {
    const isSamePress = pressedAt !== undefined && now() - pressedAt < SAME_PRESS_MS;
    if (isSamePress) return;
    if (pressedAt !== undefined) return left(130);
    pressedAt = now();
    cancel();
  };
  const left = (code: number): void => {
    leave();
    process.exit(code);
  };
  const terminated = (): void => left(143);
  const hungUp = (): void => left(129);
  process.on("SIGINT", interrupted).on("SIGTERM", terminated).on("SIGHUP", hungUp);
  return () => {
    process.off("SIGINT", interrupted).off("SIGTERM", terminated).off("SIGHUP", hungUp);
  };
}
