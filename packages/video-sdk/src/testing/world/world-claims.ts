// Claims among processes that can die: what a dead one had claimed is free again, as with a browser's locks. Knows no engine.
import type { Claims } from "../../ports.ts";
import type { Process } from "./interceptor.ts";

/** Gives each process its own view of the same claims. */
export type WorldClaims = (process: Process) => Claims;

/** Claims that nobody has yet. */
export function createWorldClaims(): WorldClaims {
  const holders = new Map<string, { readonly process: Process }>();
  return (process) => ({
    tryClaim(id) {
      if (!process.isAlive) return new Promise(() => undefined);
      if (holders.get(id)?.process.isAlive === true) return Promise.resolve(undefined);
      const holder = { process };
      holders.set(id, holder);
      return Promise.resolve(() => {
        if (holders.get(id) === holder) holders.delete(id);
      });
    },
  });
}
