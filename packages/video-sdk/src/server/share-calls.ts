// Makes a call once for all who want its result at the same time. Does not know what is called.

/** One call at a time per key. It is aborted once all who wait for it have gone. */
export type ShareCalls<T> = (key: string, call: (signal: AbortSignal) => Promise<T>, caller: AbortSignal) => Promise<T>;

interface Shared<T> {
  readonly result: Promise<T>;
  readonly over: AbortController;
  callers: number;
}

/** Builds the sharing, within this process. */
export function createShareCalls<T>(): ShareCalls<T> {
  const running = new Map<string, Shared<T>>();
  const begin = (key: string, call: (signal: AbortSignal) => Promise<T>): Shared<T> => {
    const over = new AbortController();
    const shared: Shared<T> = { result: call(over.signal).finally(() => end(key, shared)), over, callers: 0 };
    running.set(key, shared);
    return shared;
  };
  const end = (key: string, shared: Shared<T>): void => {
    if (running.get(key) === shared) running.delete(key);
  };
  return async (key, call, caller) => {
    const shared = running.get(key) ?? begin(key, call);
    shared.callers += 1;
    const leave = (): void => {
      shared.callers -= 1;
      if (shared.callers > 0) return;
      end(key, shared);
      shared.over.abort();
    };
    if (caller.aborted) leave();
    else caller.addEventListener("abort", leave);
    try {
      return await shared.result;
    } finally {
      caller.removeEventListener("abort", leave);
    }
  };
}
