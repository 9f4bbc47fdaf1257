// A journal that tells other tabs of a generation when it is first recorded, so that one of them can go on with it should this one die.
import type { TabChannel } from "../ports.ts";
import type { Journal } from "./journal.ts";

/** The same journal, with a message about each new generation. */
export function announceRecords(journal: Journal, tabChannel: Pick<TabChannel, "post">): Journal {
  const announced = new Set<string>();
  return {
    ...journal,
    async record(state) {
      const isStored = await journal.record(state);
      const { id } = state.plan;
      if (isStored && !announced.has(id)) {
        announced.add(id);
        tabChannel.post(id);
      }
      return isStored;
    },
  };
}
