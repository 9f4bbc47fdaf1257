// Finds the row of each generation. Pure. Does not know what a tile shows.
import type { GenerationSnapshot } from "../core/snapshot.ts";
import type { SessionRow } from "../ports.ts";

/** A row, a generation of this engine, or both where they belong together. */
export interface TileSource {
  readonly row: SessionRow | undefined;
  readonly snapshot: GenerationSnapshot | undefined;
}

/** The ids that a row and its generation share, the most reliable first. */
const JOINS: readonly {
  of(row: SessionRow): string | undefined;
  in(snapshot: GenerationSnapshot): string | undefined;
}[] = [
  { of: ({ id }) => id, in: ({ rowId }) => rowId },
  { of: ({ slotId }) => slotId, in: ({ slotId }) => slotId },
  { of: ({ requestId }) => requestId, in: ({ requestId }) => requestId },
];

/** Rows by what they can be found by. */
interface RowIndex {
  readonly rows: readonly SessionRow[];
  /** The later ones of the list first. */
  readonly byId: ReadonlyMap<string, SessionRow>;
  /** Their ids, by each of the joins. */
  readonly ids: readonly ReadonlyMap<string | undefined, string>[];
}

/** Made once for each list: generations change many times between two answers of the backend. */
const INDEXES = /* @__PURE__ */ new WeakMap<readonly SessionRow[], RowIndex>();

function indexOf(rows: readonly SessionRow[]): RowIndex {
  const known = INDEXES.get(rows);
  // A caller may have changed its list.
  if (known?.rows.length === rows.length && rows.every((row, at) => row === known.rows[at])) return known;
  const byId = new Map([...rows].reverse().map((row) => [row.id, row]));
  const index = { rows: [...rows], byId, ids: JOINS.map((join) => rowIdsBy(join.of, byId)) };
  INDEXES.set(rows, index);
  return index;
}

/**
 * Each row once, the later ones of the list first, with its generation where this engine has it, and before them each generation that has no
 * row yet. Of two generations of the same row the running one is taken, else the first.
 */
export function joinGenerations(
  rows: readonly SessionRow[],
  snapshots: readonly GenerationSnapshot[],
): readonly TileSource[] {
  const { byId, ids } = indexOf(rows);
  const joined = new Map<string, GenerationSnapshot>();
  const waiting = new Map(snapshots.map((snapshot) => [snapshot.id, snapshot]));
  for (const [at, join] of JOINS.entries()) {
    for (const snapshot of [...waiting.values()]) {
      const rowId = ids[at]?.get(join.in(snapshot));
      if (rowId === undefined) continue;
      waiting.delete(snapshot.id);
      const other = joined.get(rowId);
      if (other === undefined || (other.status !== "running" && snapshot.status === "running"))
        joined.set(rowId, snapshot);
    }
  }
  return [
    ...[...waiting.values()].map((snapshot) => ({ row: undefined, snapshot })),
    ...[...byId.values()].map((row) => ({ row, snapshot: joined.get(row.id) })),
  ];
}

function rowIdsBy(
  of: (row: SessionRow) => string | undefined,
  rows: ReadonlyMap<string, SessionRow>,
): ReadonlyMap<string | undefined, string> {
  const ids = new Map<string | undefined, string>();
  for (const row of rows.values()) {
    const name = of(row);
    if (name !== undefined && !ids.has(name)) ids.set(name, row.id);
  }
  return ids;
}
