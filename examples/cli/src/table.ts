// Rows of text in columns. Nothing else.

/** Lines with every column as wide as its widest cell. Columns named in `right` are aligned to the right. */
export function table(
  header: readonly string[],
  rows: readonly (readonly string[])[],
  right: readonly string[] = [],
): string {
  const widths = header.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)));
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, column) => pad(cell, { width: widths[column] ?? 0, isRight: right.includes(header[column] ?? "") }))
      .join("  ")
      .trimEnd();
  return [line(header), line(widths.map((width) => "-".repeat(width))), ...rows.map(line)].join("\n");
}

function pad(cell: string, { width, isRight }: { width: number; isRight: boolean }): string {
  return isRight ? cell.padStart(width) : cell.padEnd(width);
}
