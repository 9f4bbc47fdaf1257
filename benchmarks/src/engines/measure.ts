// One measurement of one engine. Runs in a process of its own, because the memory and the compiled code of one engine would colour the next.
import { monitorEventLoopDelay } from "node:perf_hooks";
import { cpuMicros, heapAfterCollection, sleep } from "../process.ts";
import { createTransport, type Transport } from "../transport.ts";
import type { Contender } from "./contender.ts";

/** What was measured per generation. Memory: of one that runs. */
export interface Measured {
  readonly cpuMicros?: number;
  readonly lagP99Ms?: number;
  readonly requests?: number;
  readonly heapKb?: number;
}

/** What is measured. The monitor of the event loop costs CPU itself, so the two are measured apart. */
export type Mode = "cpu" | "lag" | "memory";

const POLL_MS = 1_000;
const POLLS = 3;
/** The jobs are started over two seconds. */
const START_MS = 2_000;

/** Measures one engine with `jobs` generations at once. */
export async function measure(contender: Contender, mode: Mode, jobs: number): Promise<Measured> {
  return mode === "memory" ? measureMemory(contender, jobs) : measureTime(contender, mode, jobs);
}

async function measureTime(contender: Contender, mode: "cpu" | "lag", jobs: number): Promise<Measured> {
  await warmUp(contender);
  const transport = createTransport(POLLS);
  const run = await contender.setUp({ ...transport, pollMs: POLL_MS });
  heapAfterCollection();
  await sleep(50);
  const lag = monitorEventLoopDelay({ resolution: 1 });
  if (mode === "lag") lag.enable();
  const before = cpuMicros();
  await Promise.all(await start(jobs, async (index) => checked(await run(index))));
  lag.disable();
  const spent = cpuMicros() - before;
  if (mode === "lag") return { lagP99Ms: lag.percentile(99) / 1e6 };
  return { cpuMicros: spent / jobs, requests: transport.count() / jobs };
}

/** The heap that running generations keep: all of them wait for their first question. */
async function measureMemory(contender: Contender, jobs: number): Promise<Measured> {
  const transport = createTransport(Number.POSITIVE_INFINITY);
  const run = await contender.setUp({ ...transport, pollMs: 600_000 });
  for (let index = 0; index < 50; index++) void run(index).catch(() => undefined);
  await untilQuiet(transport);
  const before = heapAfterCollection();
  const running = await start(jobs, run);
  await untilQuiet(transport);
  const heapKb = (heapAfterCollection() - before) / 1024 / running.length;
  return { heapKb };
}

async function warmUp(contender: Contender): Promise<void> {
  const run = await contender.setUp({ ...createTransport(2), pollMs: 1 });
  await Promise.all(Array.from({ length: 300 }, (_, index) => run(index)));
}

async function start<T>(jobs: number, run: (index: number) => Promise<T>): Promise<Promise<T>[]> {
  const begun = performance.now();
  const running: Promise<T>[] = [];
  while (running.length < jobs) {
    const due = Math.min(jobs, Math.ceil(((performance.now() - begun + 10) / START_MS) * jobs));
    while (running.length < due) running.push(run(running.length));
    await sleep(10);
  }
  return running;
}

function checked(url: string): string {
  if (!url.startsWith("https://")) throw new Error(`No video: ${url}`);
  return url;
}

/** Until nothing has been called for a while. */
async function untilQuiet({ count, waiting }: Transport): Promise<void> {
  for (let [before, quiet] = [-1, 0]; quiet < 3;) {
    await sleep(50);
    quiet = count() === before && waiting() === 0 ? quiet + 1 : 0;
    before = count();
  }
}
