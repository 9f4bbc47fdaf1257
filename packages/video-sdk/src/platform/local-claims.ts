// Who drives a generation, within one process. Engines that share a storage in one process share one of these.
import type { Claims } from "../ports.ts";

/** Claims that hold among the engines they are given to. */
export function createLocalClaims(): Claims {
  const held = new Set<string>();
  return {
    tryClaim(id) {
      if (held.has(id)) return Promise.resolve(undefined);
      held.add(id);
      return Promise.resolve(() => void held.delete(id));
    },
  };
}
