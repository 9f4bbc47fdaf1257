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

/**
 * What is measured. The monitor of the event loop costs CPU itself, so the two are measured apart. `flow`: CPU of a process that has run for long,
 * to which jobs come one after the other.
 */
export type Mode = "cpu" | "flow" | "lag" | "memory";

const POLL_MS = 1_000;
const POLLS = 3;
/** The jobs are started over two seconds, or, where there are more than a thousand, 500 a second: how fast they are started is not measured. */
const START_MS = 2_000;
const STARTED_PER_MS = 0.5;

/** Measures one engine with `jobs` generations at once, each asked about `polls` times. */
export async function measure(contender: Contender, mode: Mode, { jobs, polls = POLLS }: Load): Promise<Measured> {
  if (mode === "memory") return measureMemory(contender, jobs);
  return mode === "flow" ? measureFlow(contender, jobs) : measureTime(contender, mode, { jobs, polls });
}

/** How much there is to do. */
export interface Load {
  readonly jobs: number;
  /** Default 3. */
  readonly polls?: number | undefined;
}

/** So many a second, which is as many as the engine's 100 questions a second let through. */
const FLOW_PER_SECOND = 30;

/** The CPU of the last two thirds: by then all that runs often is compiled. */
async function measureFlow(contender: Contender, jobs: number): Promise<Measured> {
  const run = await contender.setUp({ ...createTransport(POLLS), pollMs: POLL_MS });
  const first = Math.floor(jobs / 3);
  const startMs = (count: number): number => (count * 1_000) / FLOW_PER_SECOND;
  const before = await start(first, run, startMs(first));
  const spent = cpuMicros();
  const later = await start(jobs - first, run, startMs(jobs - first));
  const counted = cpuMicros() - spent;
  await Promise.all([...before, ...later]);
  return { cpuMicros: counted / later.length };
}

async function measureTime(
  contender: Contender,
  mode: "cpu" | "lag",
  { jobs, polls }: { jobs: number; polls: number },
): Promise<Measured> {
  await warmUp(contender);
  const transport = createTransport(polls);
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

async function start<T>(
  jobs: number,
  run: (index: number) => Promise<T>,
  startMs = Math.max(START_MS, jobs / STARTED_PER_MS),
): Promise<Promise<T>[]> {
  const begun = performance.now();
  const running: Promise<T>[] = [];
  while (running.length < jobs) {
    const due = Math.min(jobs, Math.ceil(((performance.now() - begun + 10) / startMs) * jobs));
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
