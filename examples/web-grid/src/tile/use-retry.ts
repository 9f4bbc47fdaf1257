// Once more what a tile was made from.
import type { VideoTile } from "@video-engine/video-sdk";
import { useVideoEngine } from "@video-engine/video-sdk/react";
import { useCallback } from "react";
import { useRequestOf } from "../memory/remembered-requests.ts";

/** Sends the same request, with its files, into this session; where it is not known any more, `reuse` puts what is into the draft. */
export function useRetry(sessionId: string | undefined, reuse: (tile: VideoTile) => void): (tile: VideoTile) => void {
  const { generate } = useVideoEngine();
  const requestOf = useRequestOf();
  return useCallback(
    (tile) => {
      const request = requestOf(tile);
      if (request === undefined) return reuse(tile);
      const { mode: _mode, unused: _unused, ...again } = request;
      generate(again, sessionId === undefined ? {} : { sessionId });
    },
    [generate, sessionId, requestOf, reuse],
  );
}
