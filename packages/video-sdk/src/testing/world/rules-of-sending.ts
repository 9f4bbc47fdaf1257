// Rules about which calls may be sent, how often and by whom. Each rule keeps its own state and uses no engine and no books.
// They judge by the answers that the engine received: a lost answer is none.
import { fieldOf, type CallName, type CallRule, type WatchedCall } from "./watch-calls.ts";

/** Calls that must not be repeated, by operation. Capture and release are one operation: both move the same credits. */
export const ADDING_CALLS: Partial<Record<CallName, string>> = {
  acquireSlot: "slot",
  reserveCredits: "reserve",
  createSession: "session",
  recordRow: "row",
  captureCredits: "settle",
  releaseCredits: "settle",
};

/** From the design, not from the engine, so that an engine that waits less is noticed. */
export const QUIET_MS = 120_000;

/** Two days with a question every half minute. Every world that settles stays far below. */
const MOST_QUESTIONS = 2 * 24 * 60 * 2;

/** S9, S5: a call that may have had its effect is not sent again, unless repeats run once. */
export function notAgain(check: "S9" | "S5", names: typeof ADDING_CALLS, isRepeatable: boolean): CallRule {
  const open = new Map<string, { readonly times: number; readonly at: number }>();
  const keyOf = ({ name, id, input }: WatchedCall): string | undefined => {
    const operation = names[name];
    // A row that was deleted is recorded anew, under a key of its own.
    const isAnew = String(fieldOf(input, "key")).endsWith("-anew");
    return operation === undefined ? undefined : `${id ?? ""} ${operation}${isAnew ? " anew" : ""}`;
  };
  return {
    check,
    leaving(call) {
      const key = keyOf(call);
      if (key === undefined || isRepeatable) return undefined;
      const times = open.get(key)?.times ?? 0;
      open.set(key, { times: times + 1, at: call.at });
      return times > 0 ? "was sent again, though it may have happened" : undefined;
    },
    answered(call, answer) {
      const key = keyOf(call);
      const known = key === undefined ? undefined : open.get(key);
      if (key !== undefined && known !== undefined && !answer.ok && answer.certainty === "not-done") {
        open.set(key, { ...known, times: known.times - 1 });
      }
      if (call.name !== "readReserved" || !answer.ok) return;
      for (const [operation, { at }] of open) {
        if (operation.endsWith(" settle") && call.at - at >= QUIET_MS) open.delete(operation);
      }
    },
  };
}

/** S6: only the holder of a generation's lock makes calls for it. */
export function byItsHolder(): CallRule {
  return {
    check: "S6",
    leaving: ({ id, by }) => (id === undefined || by.holds(id) ? undefined : "is acted for without its lock"),
  };
}

/** S7: a generation belongs to the user who made the first call for it. */
export function byItsUser(): CallRule {
  const users = new Map<string, string>();
  return {
    check: "S7",
    leaving({ id, by: { user } }) {
      if (id === undefined) return undefined;
      const first = users.get(id) ?? user;
      users.set(id, first);
      return first === user ? undefined : `belongs to ${first}, and ${user} acts for it`;
    },
  };
}

/** L7: the number of questions about a job is bounded. */
export function notTooOften(): CallRule {
  const asked = new Map<string, number>();
  return {
    check: "L7",
    leaving({ name, id }) {
      if (name !== "status" || id === undefined) return undefined;
      const times = (asked.get(id) ?? 0) + 1;
      asked.set(id, times);
      return times === MOST_QUESTIONS + 1 ? `was asked about more than ${MOST_QUESTIONS} times` : undefined;
    },
  };
}
