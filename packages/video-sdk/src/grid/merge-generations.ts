// Merges rows and generations into one list for the grid, newest first. Pure. What one tile says is in video-tile.ts.
import type { GenerationSnapshot } from "../core/snapshot.ts";
import { createSentenceOf, type SentenceOf } from "../sentence-of.ts";
import type { SessionRow } from "../ports.ts";
import { joinGenerations, type TileSource } from "./join-generations.ts";
import { timesOf } from "./times-of.ts";
import { tileOf, type VideoTile } from "./video-tile.ts";

/** How rows and generations are merged. */
export interface MergeOptions {
  /** Epoch milliseconds. */
  readonly now: number;
  /** Generations of other sessions are left out. Default: all generations are shown. */
  readonly sessionId?: string | undefined;
  /** The previous result. Tiles keep their keys, and a tile or list that has not changed stays the same object. */
  readonly previous?: readonly VideoTile[] | undefined;
  /** The sentences of failed tiles. Default: those of `VIDEO_ERRORS`; an engine's own are its `sentenceOf`. */
  readonly sentenceOf?: SentenceOf | undefined;
}

/**
 * One list, newest first, without duplicates: the row of a generation replaces its instant tile. They are matched by row id, then slot id,
 * then the provider's request id. Rows come from `engine.sessions.rows(id)`, in any order; of rows with equal times the later one comes
 * first. Never throws.
 */
export function mergeGenerations(
  rows: readonly SessionRow[],
  snapshots: readonly GenerationSnapshot[],
  { now, sessionId, previous = [], sentenceOf = createSentenceOf() }: MergeOptions,
): readonly VideoTile[] {
  const keys = new Set(previous.map(({ key }) => key));
  const sources = joinGenerations([...rows].reverse(), snapshots);
  const times = timesOf(sources, now);
  const tiles = sources
    .filter((source) => !isOfOtherSession(source, sessionId))
    .map((source) => ({ key: keyOf(source, keys), ...tileOf(source, times, sentenceOf) }))
    .sort((a, b) => b.createdAt - a.createdAt);
  return reuse(previous, tiles);
}

function isOfOtherSession({ row, snapshot }: TileSource, sessionId: string | undefined): boolean {
  const known = snapshot?.sessionId;
  return row === undefined && sessionId !== undefined && known !== undefined && known !== sessionId;
}

/** The generation's id, because its tile came first. The row's id where the row came first, as when a closed app's generation is resumed. */
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

/** Whether two lists, or two objects, have the same members. */
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
