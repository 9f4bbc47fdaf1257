// CPU and heap of one import: `measure.ts <path>` prints them as JSON.
import { pathToFileURL } from "node:url";
import { cpuMicros, heapAfterCollection } from "../process.ts";

/** CPU in milliseconds, and the heap that stays, in megabytes. */
export interface ImportCost {
  readonly cpuMs: number;
  readonly heapMb: number;
}

const before = heapAfterCollection();
const start = cpuMicros();
await import(pathToFileURL(process.argv[2] ?? "").href);
const cpuMs = (cpuMicros() - start) / 1_000;
const cost: ImportCost = { cpuMs, heapMb: (heapAfterCollection() - before) / 1024 / 1024 };
process.stdout.write(`${JSON.stringify(cost)}\n`);
process.exit(0);
