// The table of the grid.
import { inChild } from "../in-child.ts";
import { median, shown, table } from "../table.ts";
import type { GridChange } from "./measure.ts";

/** One change of a generation in grids of so many rows. */
export function reportGrid(counts: readonly number[], rounds: number): string {
  const rows = counts.map((count) => {
    const measured = Array.from({ length: rounds }, () => inChild<GridChange>("grid/measure.ts", [String(count)]));
    return [String(count), shown(median(measured.map((one) => one?.cpuMs ?? Number.NaN)), 3)];
  });
  return `## One change in a grid (median of ${rounds})\n\n${table(["rows", "CPU ms"], rows)}`;
}
