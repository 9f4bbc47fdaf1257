// Asks a store within its time, and tells the log when it fails, and once when stores are in memory. What a failure means is the caller's to say.
import { tell, type EventSink, type VideoStoreName } from "./server-event.ts";
import type { WaitFor } from "./wait-limits.ts";

/** Asks a store. Throws what it throws, or `provider-unavailable` when it does not answer in time. */
export type AskStore = <T>(store: VideoStoreName, ask: () => Promise<T> | T, userId?: string) => Promise<T>;

/** What is asked, and who is told. */
export interface AskStoreOptions {
  readonly waitFor: WaitFor;
  /** The stores that are in the memory of this process. */
  readonly inMemory?: readonly VideoStoreName[] | undefined;
  readonly onEvent?: EventSink | undefined;
}

/** Builds the asking. */
export function createAskStore({ waitFor, inMemory = [], onEvent }: AskStoreOptions): AskStore {
  let isTold = inMemory.length === 0 || isDevelopment();
  return async (store, ask, userId) => {
    if (!isTold) tell(onEvent, { type: "memory-stores-used", stores: inMemory });
    isTold = true;
    try {
      return await waitFor(store, ask);
    } catch (cause) {
      tell(onEvent, { type: "store-failed", store, userId, cause });
      throw cause;
    }
  };
}

/**
 * Whether NODE_ENV is `development` or `test`. A process that says nothing counts as production, and so does an edge runtime without `process`:
 * there each request may reach an instance of its own.
 */
function isDevelopment(): boolean {
  const { process } = globalThis as { readonly process?: { readonly env?: Readonly<Record<string, unknown>> } }; // absent in edge runtimes
  const name = process?.env?.["NODE_ENV"];
  return name === "development" || name === "test";
}
