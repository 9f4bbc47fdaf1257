// A signal that aborts with the first of several. By hand, because not every runtime has `AbortSignal.any`, and because a signal that lives
// longer than a call must not keep its listeners.

/** Does the work under a signal that aborts with the first of several, and when the work is over: what it has left running is cut. */
export async function withLinked<T>(
  signals: readonly AbortSignal[],
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const linked = new AbortController();
  const abort = (): void => linked.abort();
  for (const signal of signals) {
    // An aborted signal fires no event.
    if (signal.aborted) abort();
    else signal.addEventListener("abort", abort);
  }
  try {
    return await work(linked.signal);
  } finally {
    for (const signal of signals) signal.removeEventListener("abort", abort);
    abort();
  }
}
