// The part of the list that an app asks for. What it got stays the same array while nothing in it changes.
import type { GenerationSnapshot } from "../core/snapshot.ts";

/** Which generations to list: those that match all that is given. */
export interface GenerationFilter {
  readonly status?: GenerationSnapshot["status"] | undefined;
  /** Those that are recorded in this session. */
  readonly sessionId?: string | undefined;
}

type List = readonly GenerationSnapshot[];

/** How many different filters are remembered: an app uses a few, and each session that was shown is one. */
const MOST_FILTERS = 50;

/** Filters lists, and remembers its answers. Without a filter it returns the list itself. */
export function createFilteredList(): (all: List, filter?: GenerationFilter) => List {
  const answers = new Map<string, { readonly all: List; readonly answer: List }>();
  return (all, { status, sessionId } = {}) => {
    if (status === undefined && sessionId === undefined) return all;
    const key = JSON.stringify([status, sessionId]);
    const last = answers.get(key);
    if (last?.all === all) return last.answer;
    const matching = all.filter(
      (one) => (status ?? one.status) === one.status && (sessionId ?? one.sessionId) === one.sessionId,
    );
    const answer = last !== undefined && isSame(last.answer, matching) ? last.answer : matching;
    if (last === undefined && answers.size >= MOST_FILTERS) answers.clear();
    answers.set(key, { all, answer });
    return answer;
  };
}

function isSame(before: List, after: List): boolean {
  return before.length === after.length && before.every((snapshot, index) => snapshot === after[index]);
}
