// A journal that announces each newly recorded generation to other tabs, so that one of them can resume it if this tab dies.
import type { TabChannel } from "../platform-ports.ts";
import type { Journal } from "./journal.ts";

/** The same journal, which also posts a message about each new generation. */
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
