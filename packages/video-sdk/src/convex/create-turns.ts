// Calls for the same thing, one after the other. Knows no Convex.

/** Runs calls for the same thing one after the other. None of them rejects. */
export function createTurns(): <T>(whose: string, run: () => Promise<T>) => Promise<T> {
  const turns = new Map<string, Promise<unknown>>();
  return (whose, run) => {
    const before = turns.get(whose);
    const next = before === undefined ? run() : before.then(run);
    const ended: Promise<unknown> = next.then(() => void (turns.get(whose) === ended && turns.delete(whose)));
    turns.set(whose, ended);
    return next;
  };
}
