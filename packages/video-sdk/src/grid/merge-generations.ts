// Merges rows and generations into one list for the grid, newest first. Pure. What one tile says is in video-tile.ts.
import type { GenerationSnapshot } from "../core/snapshot.ts";
import { createSentenceOf, type SentenceOf } from "../sentence-of.ts";
import type { SessionRow } from "../ports.ts";
import { joinGenerations, type TileSource } from "./join-generations.ts";
import { timesOf, type TileTimes } from "./times-of.ts";
import { isStale, tileOf, type VideoTile } from "./video-tile.ts";

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
  { now, sessionId, previous = [], sentenceOf = SENTENCES }: MergeOptions,
): readonly VideoTile[] {
  const known = new Map(previous.map((tile) => [tile.key, tile]));
  const sources = joinGenerations(rows, snapshots);
  const times = timesOf(sources, now);
  const tiles = sources
    .filter((source) => !isOfOtherSession(source, sessionId))
    .map((source) => tileFrom(source, known, { times, sentenceOf }))
    .sort((a, b) => b.createdAt - a.createdAt);
  return isSameList(previous, tiles) ? previous : tiles;
}

/** What tiles were made from. Of a thousand rows one changes: the others are not made, and not compared, again. */
const MADE_FROM = /* @__PURE__ */ new WeakMap<VideoTile, TileSource & { readonly sentenceOf: SentenceOf }>();

function tileFrom(
  source: TileSource,
  known: ReadonlyMap<string, VideoTile>,
  { times, sentenceOf }: { readonly times: TileTimes; readonly sentenceOf: SentenceOf },
): VideoTile {
  const { row, snapshot } = source;
  const key = keyOf(source, known);
  const before = known.get(key);
  const from = before && MADE_FROM.get(before);
  const isOfThese = from?.row === row && from?.snapshot === snapshot && from?.sentenceOf === sentenceOf;
  if (before !== undefined && isOfThese && isAsBefore(before, source, times)) return before;
  const made = { key, ...tileOf(source, times, sentenceOf) };
  const tile = before !== undefined && isSame(before, made) ? before : made;
  MADE_FROM.set(tile, { row, snapshot, sentenceOf });
  return tile;
}

/** Whether what the time changes of a tile is as before. */
function isAsBefore(tile: VideoTile, source: TileSource, times: TileTimes): boolean {
  const createdAt = times.createdAt(source);
  return tile.createdAt === createdAt && tile.isStale === isStale(tile.status, source, { now: times.now, createdAt });
}

const SENTENCES = /* @__PURE__ */ createSentenceOf();

function isOfOtherSession({ row, snapshot }: TileSource, sessionId: string | undefined): boolean {
  const known = snapshot?.sessionId;
  return row === undefined && sessionId !== undefined && known !== undefined && known !== sessionId;
}

/** The generation's id, because its tile came first. The row's id where the row came first, as when a closed app's generation is resumed. */
function keyOf({ row, snapshot }: TileSource, known: ReadonlyMap<string, VideoTile>): string {
  if (row !== undefined && known.has(row.id)) return row.id;
  return snapshot?.id ?? row?.id ?? "";
}

/** Whether two tiles have the same members. */
function isSame(a: VideoTile, b: VideoTile): boolean {
  return (Object.keys(b) as (keyof VideoTile)[]).every((name) => {
    const [value, other] = [a[name], b[name]];
    return Object.is(value, other) || (Array.isArray(value) && Array.isArray(other) && isSameList(value, other));
  });
}

function isSameList(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.length === b.length && a.every((value, at) => Object.is(value, b[at]));
}
