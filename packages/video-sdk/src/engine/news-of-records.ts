// A journal that tells other tabs of a generation when it is first recorded, so that one of them can go on with it should this one die.
import type { News } from "../ports.ts";
import type { Journal } from "./journal.ts";

/** The same journal, with news of each new generation. */
export function withNews(journal: Journal, news: Pick<News, "post">): Journal {
  const told = new Set<string>();
  return {
    ...journal,
    async record(state) {
      const isStored = await journal.record(state);
      const { id } = state.plan;
      if (isStored && !told.has(id)) {
        told.add(id);
        news.post(id);
      }
      return isStored;
    },
  };
}
