// Sees to it that generations share a session: the one that is shown, where one is shown by the time it is needed. Knows no list of sessions.
import type { CallResult, VideoLedger } from "../ports.ts";
import type { VideoSessions } from "./create-video-sessions.ts";

/**
 * The ledger, with a `createSession` that makes none where a session is shown by then, and shows the one that it makes. So the taps of a
 * burst that begin before there is any session end up in the one that the first of them has made.
 */
export function inCurrentSession(
  ledger: VideoLedger,
  sessions: Pick<VideoSessions, "getSnapshot" | "select">,
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
      const { currentId } = sessions.getSnapshot();
      if (currentId !== undefined) return { ok: true, value: currentId };
      making ??= make(input);
      return await making;
    },
  };
}
