// The drivers of one engine, and what the app sees of each. Lets go of a driver when nothing about its generation is open any more.
import type { Driver, GenerationFront } from "./generation-front.ts";
import type { HandleList } from "./handle-list.ts";

/** A generation that is driven here, or was and may be again. */
export interface Driven {
  readonly driver: Driver;
  readonly front: GenerationFront;
}

/** Drivers by the id of their generation. A later one replaces an earlier one. */
export interface DriverList {
  get(id: string): Driven | undefined;
  add(driven: Driven): void;
  /**
   * Its generation has ended. Then only the last snapshot is kept, and its driver while credits, a slot or a row may still be settled. May be
   * called again, when a late answer has opened and ended it once more.
   */
  rest(driven: Driven): void;
  forEach(call: (driven: Driven) => void): void;
  drop(id: string): void;
}

/** No drivers yet. */
export function createDriverList(handles: Pick<HandleList, "retire" | "keep">): DriverList {
  const all = new Map<string, Driven>();
  const add = (driven: Driven): void => void all.set(driven.front.handle.id, driven);
  return {
    get: (id) => all.get(id),
    add,
    rest(driven) {
      const { driver, front } = driven;
      const { id } = front.handle;
      const current = all.get(id);
      // A start has gone on with it since: then that is what is listed.
      if (current !== undefined && current.driver !== driver) return;
      if (driver.runner.isOpen()) {
        add(driven);
        handles.keep(front.handle);
      } else if (all.delete(id)) {
        front.release();
        handles.retire(id);
      }
    },
    forEach: (call) => all.forEach(call),
    drop: (id) => void all.delete(id),
  };
}
