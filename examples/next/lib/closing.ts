// Says when this process has been told to end. Next itself waits for requests that are under way, and held ones would take 25 s.

/** Aborted by SIGTERM and SIGINT. */
export function closingSignal(): AbortSignal {
  const closing = new AbortController();
  for (const name of ["SIGTERM", "SIGINT"] as const) process.once(name, () => closing.abort());
  return closing.signal;
}
