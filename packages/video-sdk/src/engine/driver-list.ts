// The drivers of one engine, by the id of their generation. Lets go of a driver when nothing about its generation is open any more.
import type { GenerationDriver } from "./generation-driver.ts";
import type { HandleList } from "./handle-list.ts";

/** Drivers by the id of their generation. A later one replaces an earlier one. */
export interface DriverList {
  get(id: string): GenerationDriver | undefined;
  add(driver: GenerationDriver): void;
  /**
   * Its generation has ended. Then only the last snapshot is kept, and its driver while credits, a slot or a row may still be settled. May be
   * called again, when a late answer has opened and ended it once more.
   */
  rest(driver: GenerationDriver): void;
  forEach(call: (driver: GenerationDriver) => void): void;
  drop(id: string): void;
}

/** No drivers yet. */
export function createDriverList(handles: Pick<HandleList, "retire" | "keep">): DriverList {
  const all = new Map<string, GenerationDriver>();
  const add = (driver: GenerationDriver): void => void all.set(driver.id, driver);
  return {
    get: (id) => all.get(id),
    add,
    rest(driver) {
      const { front, id } = driver;
      const current = all.get(id);
      // A start has gone on with it since: then that is what is listed.
      if (current !== undefined && current !== driver) return;
      if (driver.isOpen()) {
        add(driver);
        handles.keep(front);
      } else if (all.delete(id)) {
        front.release();
        handles.retire(id);
      }
    },
    forEach: (call) => all.forEach(call),
    drop: (id) => void all.delete(id),
  };
}
