// One generation per tap: while the generation of a client key runs, the key returns its handle. Knows no request.
import type { Generation } from "./generation-handle.ts";

/** Starts a generation, unless one that was started under the same key still runs. */
export type OncePerTap = (clientKey: string | undefined, start: () => Generation) => Generation;

/** No taps yet. `find` returns the handle of an id: a generation that was detached and resumed has a new handle. */
export function createOncePerTap(find: (id: string) => Generation | undefined): OncePerTap {
  const idOf = new Map<string, string>();
  return (clientKey, start) => {
    if (clientKey === undefined) return start();
    const known = find(idOf.get(clientKey) ?? "");
    if (known?.getSnapshot().status === "running") return known;
    const handle = start();
    idOf.set(clientKey, handle.id);
    void handle.outcome.then(() => idOf.get(clientKey) === handle.id && idOf.delete(clientKey));
    return handle;
  };
}
