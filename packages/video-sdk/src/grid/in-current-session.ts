// Puts generations that were given no session, and want none of their own, into the session that is shown. Knows the ledger and which session is shown, nothing else.
import type { CallResult, VideoLedger } from "../ports.ts";
import type { SessionList } from "./create-session-list.ts";

/**
 * The ledger, whose `createSession` returns the shown session where there is one, or else makes one and shows it. Calls that come while a
 * session is being made share it, so a burst of generations ends up in one session.
 */
export function inCurrentSession(
  ledger: VideoLedger,
  sessions: Pick<SessionList, "getSnapshot" | "select">,
): VideoLedger {
  let making: Promise<CallResult<string>> | undefined;

  const make: VideoLedger["createSession"] = async (input) => {
    const made = await ledger.createSession(input);
    making = undefined;
    if (made.ok && sessions.getSnapshot().currentId === undefined) sessions.select(made.value);
    return made;
  };

  return {
    ...ledger,
    async createSession(input) {
      if (input.isOwn === true) return await ledger.createSession(input);
      const { currentId } = sessions.getSnapshot();
      if (currentId !== undefined) return { ok: true, value: currentId };
      making ??= make(input);
      return await making;
    },
  };
}
