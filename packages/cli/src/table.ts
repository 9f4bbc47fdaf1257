// Rows of text in columns.

/** How a table is laid out. */
export interface TableOptions {
  /** Columns that are aligned to the right. */
  readonly right?: readonly string[];
  /** The last columns are left out, and named below, where a line would be longer than this. Default: the terminal's width, if any. */
  readonly width?: number | undefined;
}

/** Lines with every column as wide as its widest cell. */
export function table(
  header: readonly string[],
  rows: readonly (readonly string[])[],
  { right = [], width = process.stdout.columns }: TableOptions = {},
): string {
  const widths = header.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)));
  const shown = columnsThatFit(widths, width);
  const line = (cells: readonly string[]): string =>
    cells
      .slice(0, shown)
      .map((cell, column) => pad(cell, { width: widths[column] ?? 0, isRight: right.includes(header[column] ?? "") }))
      .join("  ")
      .trimEnd();
  const missing = header.slice(shown);
  const remark = missing.length === 0 ? [] : [`(in a wider terminal, too: ${missing.join(", ")})`];
  return [line(header), line(widths.map((cells) => "-".repeat(cells))), ...rows.map(line), ...remark].join("\n");
}

function columnsThatFit(widths: readonly number[], width: number | undefined): number {
  if (!width) return widths.length;
  let used = -2;
  const tooWide = widths.findIndex((cells) => (used += cells + 2) > width);
  return tooWide === -1 ? widths.length : Math.max(1, tooWide);
}

function pad(cell: string, { width, isRight }: { width: number; isRight: boolean }): string {
  return isRight ? cell.padStart(width) : cell.padEnd(width);
}
