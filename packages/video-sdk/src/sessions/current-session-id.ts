// Which session is shown. Pure.
import type { VideoSession } from "./session-reader.ts";

/** What was selected, and the list that was there then. */
export interface SessionSelection {
  readonly id: string;
  readonly listed: readonly VideoSession[] | undefined;
}

/**
 * The selected session, else the newest of the list. One that no list has named yet, such as one that another tab has just made, is
 * believed until another list comes without it.
 */
export function currentSessionId(
  sessions: readonly VideoSession[] | undefined,
  selection: SessionSelection | undefined,
): string | undefined {
  const isShown = sessions === selection?.listed || sessions?.some(({ id }) => id === selection?.id);
  return selection !== undefined && isShown ? selection.id : sessions?.[0]?.id;
}
