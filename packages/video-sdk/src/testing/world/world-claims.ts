// Claims among processes that can die: what a dead one had claimed is free again, as with a browser's locks. Knows no engine.
import type { Claims } from "../../ports.ts";
import type { Process } from "./interceptor.ts";

/** The claims as one engine of a process sees them. */
export interface ClaimsView {
  readonly claims: Claims;
  /** Whether this engine has the claim now. */
  holds(id: string): boolean;
}

/** Claims that nobody has yet. Gives each engine its own view of them. */
export function createWorldClaims(): (process: Process) => ClaimsView {
  const holders = new Map<string, { readonly view: object; readonly process: Process }>();
  return (process) => {
    const view = {};
    return {
      holds: (id) => holders.get(id)?.view === view,
      claims: {
        tryClaim(id) {
          if (!process.isAlive) return new Promise(() => undefined);
          if (holders.get(id)?.process.isAlive === true) return Promise.resolve(undefined);
          const holder = { view, process };
          holders.set(id, holder);
          return Promise.resolve(() => {
            if (holders.get(id) === holder) holders.delete(id);
          });
        },
      },
    };
  };
}
