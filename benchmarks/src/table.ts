// Numbers as a Markdown table.

/** A Markdown table with numbers to the right, the first column to the left. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  return [
    line(head),
    `|${head.map((_, index) => (index === 0 ? " --- |" : " ---: |")).join("")}`,
    ...rows.map(line),
  ].join("\n");
}

/** The middle of some numbers. NaN of none. */
export function median(numbers: readonly number[]): number {
  const sorted = numbers.filter(Number.isFinite).toSorted((a, b) => a - b);
  const middle = (index: number): number => sorted[index] ?? Number.NaN;
  return (middle((sorted.length - 1) >> 1) + middle(sorted.length >> 1)) / 2;
}

/** A number with some digits behind the point; a dash where it was not measured. */
export function shown(value: number | undefined, digits = 1): string {
  return value === undefined || Number.isNaN(value) ? "-" : value.toFixed(digits);
}
