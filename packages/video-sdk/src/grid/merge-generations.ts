// Rows and running generations as one list for the grid: each once, the newest first. Pure. What one tile says is video-tile.ts.
import type { GenerationSnapshot } from "../core/snapshot.ts";
import type { SessionRow } from "../sessions/session-reader.ts";
import { joinGenerations } from "./join-generations.ts";
import { tileOf, type TileSource, type VideoTile } from "./video-tile.ts";

/** What the merge depends on beside the rows and the generations. */
export interface MergeOptions {
  /** Epoch milliseconds. */
  readonly now: number;
  /** Leaves out the generations that are known to belong to another session. Left out: all are shown. */
  readonly sessionId?: string | undefined;
  /** What this gave back last time. A tile that has not changed is then the same object, and so is the list; and each keeps its key. */
  readonly previous?: readonly VideoTile[];
}

/**
 * One list, newest first, no duplicates: the instant tile of a generation gives way to its row, known by row id, then slot id, then
 * the provider's request id. Rows come from `readSessionRows`, or `engine.sessions.rows(id)`; their order does not matter, but where
 * times are equal the later row comes first. Never throws.
 */
export function mergeGenerations(
  rows: readonly SessionRow[],
  snapshots: readonly GenerationSnapshot[],
  { now, sessionId, previous = [] }: MergeOptions,
): readonly VideoTile[] {
  const keys = new Set(previous.map(({ key }) => key));
  const tiles = joinGenerations([...rows].reverse(), snapshots)
    .filter((source) => !isElsewhere(source, sessionId))
    .map((source) => ({ key: keyOf(source, keys), ...tileOf(source, now) }))
    .sort((a, b) => b.createdAt - a.createdAt);
  return reuse(previous, tiles);
}

function isElsewhere({ row, snapshot }: TileSource, sessionId: string | undefined): boolean {
  const known = snapshot?.sessionId;
  return row === undefined && sessionId !== undefined && known !== undefined && known !== sessionId;
}

/** The generation's id, which was there first. The row's where the row was, as when a closed app's generation is taken up. */
function keyOf({ row, snapshot }: TileSource, keys: ReadonlySet<string>): string {
  if (row !== undefined && keys.has(row.id)) return row.id;
  return snapshot?.id ?? row?.id ?? "";
}

function reuse(previous: readonly VideoTile[], tiles: readonly VideoTile[]): readonly VideoTile[] {
  const known = new Map(previous.map((tile) => [tile.key, tile]));
  const reused = tiles.map((tile) => {
    const before = known.get(tile.key);
    return before !== undefined && isSame(before, tile) ? before : tile;
  });
  return isSame(previous, reused) ? previous : reused;
}

/** Whether two lists, or two objects with the same members, hold the same. */
function isSame(a: object, b: object): boolean {
  const members = new Map(Object.entries(b));
  return (
    Object.keys(a).length === members.size &&
    Object.entries(a).every(([name, value]) => {
      const other: unknown = members.get(name);
      return Object.is(value, other) || (Array.isArray(value) && Array.isArray(other) && isSame(value, other));
    })
  );
}
