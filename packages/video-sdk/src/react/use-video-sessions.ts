// Watches the sessions, and what the grid of one of them shows.
import { useMemo, useSyncExternalStore } from "react";
import type { VideoTile } from "../grid/video-tile.ts";
import type { VideoSessionsSnapshot } from "../grid/create-session-list.ts";
import type { VideoSessions } from "../grid/create-video-sessions.ts";
import { useShared } from "./use-shared.ts";
import { useStore } from "./use-store.ts";
import { useVideoEngine } from "./video-engine-context.ts";

/** The user's sessions, and the methods that change them. */
export interface VideoSessionsHook
  extends
    VideoSessionsSnapshot,
    Pick<VideoSessions, "select" | "create" | "refresh" | "rename" | "remove" | "removeVideo"> {}

/** The sessions of type "video", newest first, and the one that is shown. */
export function useVideoSessions(): VideoSessionsHook {
  const { sessions } = useVideoEngine();
  const snapshot = useStore(sessions);
  return useMemo(() => {
    const { select, create, refresh, rename, remove, removeVideo } = sessions;
    return { ...snapshot, select, create, refresh, rename, remove, removeVideo };
  }, [snapshot, sessions]);
}

/** What the grid of a session shows, newest first: its rows and the running generations, each once. Default: the shown session. */
export function useVideoTiles(sessionId?: string): readonly VideoTile[] {
  const { sessions } = useVideoEngine();
  const { currentId } = useStore(sessions);
  const { subscribe, getSnapshot } = sessions.tiles(sessionId ?? currentId);
  return useShared(useSyncExternalStore(subscribe, getSnapshot, empty));
}

// A server has no rows and no running generations.
const NOTHING: readonly VideoTile[] = [];
const empty = (): readonly VideoTile[] => NOTHING;
