// Tells a screen reader when a video is done or has failed. iOS has no live regions, so it has to be said.
import type { VideoTile } from "@video-engine/video-sdk";
import { useEffect, useRef } from "react";
import { announce } from "../ui/announce.ts";
import { WORDS } from "../words.ts";

/** Says it once for each tile that was seen loading. */
export function useAnnouncements(tiles: readonly VideoTile[]): void {
  const loading = useRef<ReadonlySet<string>>(new Set());
  useEffect(() => {
    const ended = tiles.filter(({ key, status }) => status !== "loading" && loading.current.has(key));
    loading.current = new Set(tiles.flatMap(({ key, status }) => (status === "loading" ? [key] : [])));
    for (const tile of ended) announce(sentenceOf(tile));
  }, [tiles]);
}

function sentenceOf({ status, prompt, error = "" }: VideoTile): string {
  const { done, failed, canceled } = WORDS.screen;
  if (status === "completed") return done(prompt);
  return status === "failed" ? failed(prompt, error) : canceled(prompt);
}
