// What a server has read before it rendered the page. Shown until the page has answers of its own; a page that no server renders has none.
import type { VideoSession, VideoTile } from "@video-engine/video-sdk";
import { useVideoSessions, type VideoSessionsHook } from "@video-engine/video-sdk/react";
import { createContext, useContext, useMemo } from "react";
import type { Credits, OtherRow } from "../queries.ts";

/** Plain data, so that it can travel in the page. */
export interface FirstContent {
  readonly credits: Credits;
  readonly sessions: readonly VideoSession[];
  /** The session whose content this is. */
  readonly currentId: string | undefined;
  readonly tiles: readonly VideoTile[];
  readonly others: readonly OtherRow[];
}

/** Where the page's parts find it. */
export const FirstContentContext = createContext<FirstContent | undefined>(undefined);

/** The sessions, at first as the server read them. */
export function useSessions(): VideoSessionsHook {
  const live = useVideoSessions();
  const first = useContext(FirstContentContext);
  return useMemo(() => {
    if (first === undefined || !live.isLoading) return live;
    const { sessions, currentId } = first;
    return { ...live, sessions, currentId: live.currentId ?? currentId, isLoading: false };
  }, [live, first]);
}
