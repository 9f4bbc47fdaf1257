// Time inside the sandbox: timers run in order when the host asks for the next one, and the clocks jump to it. Nothing waits.

interface Timer {
  readonly id: number;
  readonly at: number;
  readonly run: () => void;
  readonly everyMs: number | undefined;
}

const timers = new Map<number, Timer>();
let nowMs = 1_767_225_600_000;
let lastId = 0;

/** Runs the earliest timer. False when there is none. */
export function runNextTimer(): boolean {
  const [next] = [...timers.values()].sort((a, b) => a.at - b.at || a.id - b.id);
  if (next === undefined) return false;
  nowMs = Math.max(nowMs, next.at);
  if (next.everyMs === undefined) timers.delete(next.id);
  else timers.set(next.id, { ...next, at: nowMs + Math.max(1, next.everyMs) });
  next.run();
  return true;
}

/** The globals that tell and take time. `Date.now` is changed in place. */
export function timeGlobals(): Record<string, unknown> {
  Date.now = () => nowMs;
  const add = (run: () => void, delayMs = 0, everyMs?: number): number => {
    lastId += 1;
    timers.set(lastId, {
      id: lastId,
      at: nowMs + Math.max(0, delayMs),
      run,
      everyMs,
    });
    return lastId;
  };
  const clear = (id: number): void => void timers.delete(id);
  return {
    setTimeout: (run: () => void, delayMs?: number) => add(run, delayMs),
    setInterval: (run: () => void, everyMs = 0) => add(run, everyMs, everyMs),
    setImmediate: (run: () => void) => add(run),
    clearTimeout: clear,
    clearInterval: clear,
    clearImmediate: clear,
    queueMicrotask: (run: () => void) => void Promise.resolve().then(run),
    performance: { now: () => nowMs - 1_767_225_600_000, mark: () => undefined, measure: () => undefined },
  };
}
