// What the grid of one session shows, kept up to date: rows and running generations in one list. What each tile says is in video-tile.ts.
import type { GenerationSnapshot } from "../core/snapshot.ts";
import type { SentenceOf } from "../sentence-of.ts";
import { createObservable, fromParts, subscribeToAll, whileSubscribed, type Subscribe } from "../observable.ts";
import type { SessionRow } from "../ports.ts";
import type { Clock } from "../platform-ports.ts";
import { mergeGenerations } from "./merge-generations.ts";
import type { QueryStore } from "./query-store.ts";
import { STALE_AFTER_MS, staleAt, type VideoTile } from "./video-tile.ts";

/** The tiles of one grid. */
export interface VideoTiles {
  /** Newest first. The same array, and the same tiles, until something about them changed. */
  getSnapshot(): readonly VideoTile[];
  /** Called without arguments after each change. Returns an unsubscribe function. */
  readonly subscribe: Subscribe;
}

/** The generations of an engine, newest first. */
export interface GenerationList {
  list(): readonly GenerationSnapshot[];
  readonly subscribe: Subscribe;
}

/** What the tiles are made from. */
export interface VideoTilesOptions {
  readonly sessionId: string | undefined;
  /** Undefined: there is no session, so there are no rows. */
  readonly rows: QueryStore<readonly SessionRow[]> | undefined;
  readonly generations: GenerationList;
  readonly clock: Clock;
  readonly sentenceOf?: SentenceOf | undefined;
}

/** The tiles of one session. A timer, which runs only while there are subscribers, marks a loading row as stale that no engine here drives. */
export function createVideoTiles(options: VideoTilesOptions): VideoTiles {
  const { sessionId, rows, generations, clock, sentenceOf } = options;
  const seen = new Set<string>();
  const looks = createObservable(0);
  let previous: readonly VideoTile[] = [];
  const goneFrom = fromParts((known: readonly SessionRow[]) => goneRows(seen, known));

  const tilesOf = fromParts((known: readonly SessionRow[], snapshots: readonly GenerationSnapshot[], _look: number) => {
    const gone = goneFrom(known);
    const shown = snapshots.filter(
      ({ rowId, status }) => status === "running" || rowId === undefined || !gone.has(rowId),
    );
    previous = mergeGenerations(known, shown, { now: clock.now(), sessionId, previous, sentenceOf });
    return previous;
  });
  const getSnapshot = (): readonly VideoTile[] =>
    tilesOf(rows?.getSnapshot() ?? NO_ROWS, generations.list(), looks.get());
  const subscribe = subscribeToAll([looks, generations, rows].flatMap((source) => source?.subscribe ?? []));
  const look = (): void => looks.set(looks.get() + 1);
  return {
    getSnapshot,
    subscribe: whileSubscribed(subscribe, () => lookWhenStale({ getSnapshot, subscribe }, look, clock)),
  };
}

/** Calls `look` whenever the next tile becomes stale. Returns a function that stops this. */
function lookWhenStale({ getSnapshot, subscribe }: VideoTiles, look: () => void, clock: Clock): () => void {
  let timer: unknown;
  let leastMs = 0;
  const lookAgain = (): void => {
    leastMs = LEAST_LOOK_MS;
    look();
  };
  const plan = (): void => {
    clock.clearTimeout(timer);
    const at = staleAt(getSnapshot());
    if (at === undefined) return;
    // The row's time is another clock's: one far ahead must not make a delay that overflows, nor one behind a look that never rests.
    timer = clock.setTimeout(lookAgain, Math.min(STALE_AFTER_MS, Math.max(leastMs, at - clock.now())));
  };
  const stop = subscribe(plan);
  plan();
  return () => {
    stop();
    clock.clearTimeout(timer);
  };
}

const LEAST_LOOK_MS = 1_000;
const NO_ROWS: readonly SessionRow[] = [];

/** The rows that were seen before and are missing now. */
function goneRows(seen: Set<string>, rows: readonly SessionRow[]): ReadonlySet<string> {
  for (const { id } of rows) seen.add(id);
  const gone = new Set(seen);
  for (const { id } of rows) gone.delete(id);
  return gone;
}
