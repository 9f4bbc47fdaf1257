// What the grid shows: the videos of the session, which the engine knows, and its rows of other types, which are another screen's.
import type { VideoTile } from "@video-engine/video-sdk";
import { useVideoSessions, useVideoTiles } from "@video-engine/video-sdk/react";
import { useQuery } from "convex/react";
import { makeFunctionReference } from "convex/server";
import { useMemo } from "react";

/** A row that is no video: a picture, or an edit of one. The page shows it, and changes nothing of it. */
export interface OtherRow {
  readonly _id: string;
  readonly _creationTime: number;
  readonly type: string;
  readonly prompt: string;
  readonly aspectRatio: string;
  readonly previewImage?: string;
}

/** One place of the grid. */
export type Content =
  | { readonly kind: "video"; readonly key: string; readonly at: number; readonly tile: VideoTile }
  | { readonly kind: "other"; readonly key: string; readonly at: number; readonly row: OtherRow };

const rowsQuery = makeFunctionReference<"query", { sessionId: string }, readonly OtherRow[]>(
  "sessions:getSessionGenerations",
);

/** Everything in the session that is shown, newest first. The query is the one that the engine follows too, so it is read once. */
export function useContent(): readonly Content[] {
  const tiles = useVideoTiles();
  const { currentId } = useVideoSessions();
  const rows = useQuery(rowsQuery, currentId === undefined ? "skip" : { sessionId: currentId });
  return useMemo(() => {
    const videos = tiles.map((tile): Content => ({ kind: "video", key: tile.key, at: tile.createdAt, tile }));
    const others = (rows ?? []).flatMap((row): readonly Content[] =>
      row.type === "video" ? [] : [{ kind: "other", key: row._id, at: row._creationTime, row }],
    );
    return [...videos, ...others].toSorted((one, other) => other.at - one.at);
  }, [tiles, rows]);
}
