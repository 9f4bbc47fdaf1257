// What the grid of one session shows, kept up to date: rows and running generations in one list. Which tile says what is grid/.
import type { GenerationSnapshot } from "../core/snapshot.ts";
import { createObservable } from "../observable.ts";
import { mergeGenerations } from "../grid/merge-generations.ts";
import { STALE_AFTER_MS, staleAt, type VideoTile } from "../grid/video-tile.ts";
import type { Clock } from "../ports.ts";
import { fromParts } from "./from-parts.ts";
import type { QueryStore } from "./query-store.ts";
import type { SessionRow } from "./session-reader.ts";
import { subscribeToAll, whileSubscribed, type Subscribe } from "./while-subscribed.ts";

/** The tiles of one grid. */
export interface VideoTiles {
  /** Newest first. The same array, and the same tile, until something about it changed. */
  getSnapshot(): readonly VideoTile[];
  /** Called without arguments after each change. Gives back the way to stop. */
  readonly subscribe: Subscribe;
}

/** What the tiles are made from. */
export interface VideoTilesOptions {
  readonly sessionId: string | undefined;
  /** Undefined: there is no session, so no rows. */
  readonly rows: QueryStore<readonly SessionRow[]> | undefined;
  readonly generations: { list(): readonly GenerationSnapshot[]; readonly subscribe: Subscribe };
  readonly clock: Clock;
}

/** The tiles of one session. A loading row that nobody drives turns stale at its time by a timer, which runs only while somebody watches. */
export function createVideoTiles({ sessionId, rows, generations, clock }: VideoTilesOptions): VideoTiles {
  const seen = new Set<string>();
  const looks = createObservable(0);
  let previous: readonly VideoTile[] = [];

  const tilesOf = fromParts((known: readonly SessionRow[], snapshots: readonly GenerationSnapshot[], _look: number) => {
    const gone = goneRows(seen, known);
    const shown = snapshots.filter(
      ({ rowId, status }) => status === "running" || rowId === undefined || !gone.has(rowId),
    );
    previous = mergeGenerations(known, shown, { now: clock.now(), sessionId, previous });
    return previous;
  });
  const getSnapshot = (): readonly VideoTile[] =>
    tilesOf(rows?.getSnapshot() ?? NO_ROWS, generations.list(), looks.get());
  const subscribe = subscribeToAll([
    ...[looks.subscribe, generations.subscribe],
    ...(rows === undefined ? [] : [rows.subscribe]),
  ]);
  const look = (): void => looks.set(looks.get() + 1);
  return {
    getSnapshot,
    subscribe: whileSubscribed(subscribe, () => lookWhenStale({ getSnapshot, subscribe }, look, clock)),
  };
}

/** Looks again whenever the next tile turns stale. Gives back the way to stop. */
function lookWhenStale({ getSnapshot, subscribe }: VideoTiles, look: () => void, clock: Clock): () => void {
  let timer: unknown;
  const plan = (): void => {
    clock.clearTimeout(timer);
    const at = staleAt(getSnapshot());
    if (at === undefined) return;
    // A row from the future, by a clock that is wrong, must not make a timer that overflows and runs at once, for ever.
    timer = clock.setTimeout(look, Math.min(STALE_AFTER_MS, at - clock.now()));
  };
  const stop = subscribe(plan);
  plan();
  return () => {
    stop();
    clock.clearTimeout(timer);
  };
}

const NO_ROWS: readonly SessionRow[] = [];

/** The rows that were there once and are not any more. */
function goneRows(seen: Set<string>, rows: readonly SessionRow[]): ReadonlySet<string> {
  for (const { id } of rows) seen.add(id);
  const gone = new Set(seen);
  for (const { id } of rows) gone.delete(id);
  return gone;
}
