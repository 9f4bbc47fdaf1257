// Listeners of one generation. One that throws cannot disturb a generation that holds credits.

/** Listeners. A list is replaced rather than changed, so that it can be gone through while it is. */
export type Listeners<Heard extends readonly unknown[]> = readonly ((...heard: Heard) => unknown)[];

/** Calls all of them. */
export function callAll<Heard extends readonly unknown[]>(listeners: Listeners<Heard>, ...heard: Heard): void {
  for (const listener of listeners) {
    try {
      const returned = listener(...heard);
      // An asynchronous listener rejects later: unheard, that would end a Node process.
      if (returned instanceof Promise) returned.catch(() => undefined);
    } catch {
      continue;
    }
  }
}

/** The listener itself, or a function of its own where the list has it already: each subscription ends alone. */
export function asOwn<Heard extends readonly unknown[]>(
  listeners: Listeners<Heard>,
  listener: (...heard: Heard) => unknown,
): (...heard: Heard) => unknown {
  return listeners.includes(listener) ? (...heard) => listener(...heard) : listener;
}
