// The table of what an import costs: bytes, CPU and heap.
import { inChild } from "../in-child.ts";
import { median, shown, table } from "../table.ts";
import { bundle, IMPORTS } from "./bundles.ts";
import type { ImportCost } from "./measure.ts";

/** Each import from its bundle, in a process of its own. */
export async function reportImport(rounds: number): Promise<string> {
  const rows: string[][] = [];
  for (const one of IMPORTS) {
    const { path, gzip } = await bundle(one);
    const costs = Array.from({ length: rounds }, () => inChild<ImportCost>("import/measure.ts", [path]));
    const of = (key: keyof ImportCost): number => median(costs.map((cost) => cost?.[key] ?? Number.NaN));
    rows.push([one.id, shown(gzip / 1_000), shown(of("cpuMs"), 0), shown(of("heapMb"), 2)]);
  }
  const head = ["import", "kB, minified and gzipped", "CPU ms", "heap MB"];
  return `## What an import costs (median of ${rounds})\n\n${table(head, rows)}`;
}
