// The times of rows and generations on one clock: the backend's. A device's clock may be wrong by minutes or years, so its times are not compared
// with those of rows. What both have in common, generations with their rows, tells by how much they differ. Pure.
import type { TileSource } from "./join-generations.ts";

/** Times on the backend's clock, in epoch milliseconds. */
export interface TileTimes {
  readonly now: number;
  /** When a source was created, as far as that can be known. */
  createdAt(source: TileSource): number;
}

/** The times of these sources. `now`: on the device's clock. */
export function timesOf(sources: readonly TileSource[], now: number): TileTimes {
  const skewMs = skewOf(sources);
  const newestRow = Math.max(0, ...sources.map(({ row }) => row?.createdAt ?? 0));
  return {
    now: now + (skewMs ?? 0),
    createdAt({ row, snapshot }) {
      if (snapshot === undefined) return row?.createdAt ?? newestRow;
      if (skewMs !== undefined) return snapshot.createdAt + skewMs;
      // Nothing tells how the clocks differ. What is being made now is the newest all the same.
      return snapshot.status === "running" ? Math.max(snapshot.createdAt, newestRow) : snapshot.createdAt;
    },
  };
}

/** By how much the backend's clock is ahead of the device's. A row is written after its generation has begun, the quickest one soonest. */
function skewOf(sources: readonly TileSource[]): number | undefined {
  const differences = sources.flatMap(({ row, snapshot }) =>
    row === undefined || snapshot === undefined ? [] : row.createdAt - snapshot.createdAt,
  );
  return differences.length === 0 ? undefined : Math.min(...differences);
}
