// What the grid shows: the videos of the session, which the engine knows, and its rows of other types, which are another screen's.
import type { VideoTile } from "@video-engine/video-sdk";
import { useVideoTiles } from "@video-engine/video-sdk/react";
import { useQuery } from "convex/react";
import { useContext, useMemo } from "react";
import { FirstContentContext, useSessions } from "../first/first-content.ts";
import { otherRows, rowsQuery, type OtherRow } from "../queries.ts";

/** One place of the grid. */
export type Content =
  | { readonly kind: "video"; readonly key: string; readonly at: number; readonly tile: VideoTile }
  | { readonly kind: "other"; readonly key: string; readonly at: number; readonly row: OtherRow };

/** Everything in the session that is shown, newest first: at first what a server has read of it. */
export function useContent(): readonly Content[] {
  const { currentId } = useSessions();
  const tiles = useVideoTiles(currentId);
  const rows = useQuery(rowsQuery, currentId === undefined ? "skip" : { sessionId: currentId });
  const given = useContext(FirstContentContext);
  const first = rows === undefined && currentId === given?.currentId ? given : undefined;
  return useMemo(() => {
    const known = currentId === undefined ? tiles.filter(isWithoutSession) : tiles;
    const videos = first === undefined ? known : [...known, ...missingIn(known, first.tiles)];
    const others = first?.others ?? otherRows(rows ?? []);
    return [
      ...videos.map((tile): Content => ({ kind: "video", key: tile.key, at: tile.createdAt, tile })),
      ...others.map((row): Content => ({ kind: "other", key: row._id, at: row._creationTime, row })),
    ].toSorted((one, other) => other.at - one.at);
  }, [currentId, tiles, rows, first]);
}

/** Where no session is shown: what has not got one yet. What ended in a session went with it when that was deleted. */
function isWithoutSession({ status, snapshot }: VideoTile): boolean {
  return status === "loading" || snapshot?.sessionId === undefined;
}

/** Those that the page does not know by itself. */
function missingIn(tiles: readonly VideoTile[], first: readonly VideoTile[]): readonly VideoTile[] {
  return first.filter(({ rowId }) => !tiles.some((tile) => tile.rowId === rowId));
}
