// Ctrl-C: once to cancel, twice to leave at once.

/** Calls `cancel` at the first interrupt; the second ends the process with 130. Returns a function that stops listening. */
export function onInterrupt(cancel: () => void): () => void {
  let isAsked = false;
  const interrupted = (): void => {
    if (isAsked) process.exit(130);
    isAsked = true;
    cancel();
  };
  process.on("SIGINT", interrupted);
  return () => {
    process.off("SIGINT", interrupted);
  };
}
