// Where each tile of the grid is. Pure.

/** A place of the grid, in pixels from its top left corner. */
export interface Place {
  readonly left: number;
  readonly width: number;
}

/** Tiles side by side: of one height, and together as wide as the grid. */
export interface GridRow {
  /** The index of its first tile. */
  readonly first: number;
  readonly places: readonly Place[];
  /** Of the pictures, without what stands below them. */
  readonly height: number;
}

/** What the rows are made for. Pixels. */
export interface GridShape {
  readonly width: number;
  readonly gap: number;
  /** The height that rows come near to. */
  readonly target: number;
}

/** How much higher than the target a last row may be that is not full. */
const MOST_GROWTH = 1.25;
/** And how much higher where it is the only one, so that the first videos are not lost in a corner. */
const MOST_GROWTH_ALONE = 1.9;

/** Puts tiles of these ratios (width by height) into rows, in their order. */
export function justify(ratios: readonly number[], shape: GridShape): readonly GridRow[] {
  const rows: GridRow[] = [];
  let first = 0;
  while (first < ratios.length) {
    const row = nextRow(ratios, first, shape);
    rows.push(row);
    first += row.places.length;
  }
  return rows;
}

/** As many tiles as bring the row nearest to the target. */
function nextRow(ratios: readonly number[], first: number, { width, gap, target }: GridShape): GridRow {
  const heightOf = (end: number): number =>
    (width - gap * (end - first - 1)) / ratios.slice(first, end).reduce((sum, ratio) => sum + ratio, 0);
  let end = first + 1;
  while (end < ratios.length && heightOf(end) > target) end += 1;
  const low = heightOf(end);
  if (low > target) {
    const most = target * (first === 0 ? MOST_GROWTH_ALONE : MOST_GROWTH);
    return rowOf(ratios.slice(first, end), { first, gap, height: Math.min(most, low), isAlone: first === 0, width });
  }
  const isBetterWithoutLast = end - first > 1 && heightOf(end - 1) / target < target / low;
  if (isBetterWithoutLast) end -= 1;
  return rowOf(ratios.slice(first, end), { first, gap, height: heightOf(end), isAlone: false, width });
}

interface RowShape extends Omit<GridRow, "places"> {
  readonly gap: number;
  readonly width: number;
  /** A row that is the only one stands in the middle. */
  readonly isAlone: boolean;
}

function rowOf(ratios: readonly number[], { first, height, gap, width, isAlone }: RowShape): GridRow {
  const taken = ratios.reduce((sum, ratio) => sum + ratio * height, gap * (ratios.length - 1));
  let left = isAlone ? (width - taken) / 2 : 0;
  const places = ratios.map((ratio) => {
    const place = { left, width: ratio * height };
    left += place.width + gap;
    return place;
  });
  return { first, height, places };
}
