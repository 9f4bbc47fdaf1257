// What grows with the number of generations, each in a process of its own: `measure.ts <what> <count>` prints it as JSON.
import { createCountingStorage } from "../counting-storage.ts";
import { createOurEngine, everyMs } from "../engines/ours.ts";
import { promptOf } from "../engines/contender.ts";
import { cpuMicros, heapAfterCollection, sleep } from "../process.ts";
import { createTransport, type Transport } from "../transport.ts";

/** CPU of one more generation, in microseconds, and the heap that each ended one keeps. */
export interface BesideEnded {
  readonly cpuMicros: number;
  readonly heapKb: number;
}

/** What one generation writes and reads while many others are in flight. */
export interface JournalTraffic {
  readonly writes: number;
  readonly written: number;
  readonly read: number;
}

/** What it costs to resume records, and how many questions were asked within the busiest second. */
export interface Resumed {
  readonly cpuMs: number;
  readonly peakPerSecond: number;
  readonly seconds: number;
}

const BATCH = 100;

async function besideEnded(count: number): Promise<BesideEnded> {
  const batchesOf = (): (() => Promise<void>) => {
    const { generate } = createOurEngine({ ...createTransport(1), polling: everyMs(1) });
    return async () => {
      const started = Array.from({ length: BATCH }, (_, index) => generate(requestOf(index)));
      await Promise.all(started.map(({ result }) => result));
    };
  };
  const warmUp = batchesOf();
  for (let round = 0; round < 8; round++) await warmUp();
  const batch = batchesOf();
  const before = heapAfterCollection();
  for (let ended = 0; ended < count; ended += BATCH) await batch();
  const heapKb = (heapAfterCollection() - before) / 1024 / count;
  const start = cpuMicros();
  for (let round = 0; round < 3; round++) await batch();
  return { cpuMicros: (cpuMicros() - start) / 3 / BATCH, heapKb };
}

async function journalTraffic(count: number): Promise<JournalTraffic> {
  const { storage, traffic } = createCountingStorage();
  const { generate } = createOurEngine({ ...createTransport(2), storage, polling: everyMs(2_000) });
  await Promise.all(Array.from({ length: count }, (_, index) => generate(requestOf(index)).result));
  const { writes, written, read } = traffic;
  return { writes: writes / count, written: written / count, read: read / count };
}

async function resumed(count: number): Promise<Resumed> {
  const { storage } = createCountingStorage();
  const first = createOurEngine({ ...createTransport(Number.POSITIVE_INFINITY), storage, polling: everyMs(600_000) });
  for (let index = 0; index < count; index++) first.generate(requestOf(index));
  while (first.list().some(({ phase }) => phase !== "polling")) await sleep(50);
  first.dispose();
  await sleep(500);
  const asked: number[] = [];
  const transport = watched(createTransport(Number.POSITIVE_INFINITY), () => asked.push(performance.now()));
  const second = createOurEngine({ ...transport, storage, polling: everyMs(600_000) });
  const [start, begun] = [cpuMicros(), performance.now()];
  await second.resume();
  while (asked.length < count) await sleep(20);
  const cpuMs = (cpuMicros() - start) / 1_000;
  const seconds = (performance.now() - begun) / 1_000;
  return { cpuMs, peakPerSecond: peakOf(asked), seconds };
}

function watched(transport: Transport, onRequest: () => void): Transport {
  return {
    ...transport,
    fetch(input, init) {
      onRequest();
      return transport.fetch(input, init);
    },
  };
}

/** The most times within any second. They come in order. */
function peakOf(times: readonly number[]): number {
  let [peak, from] = [0, 0];
  for (const [index, time] of times.entries()) {
    while ((times[from] ?? 0) <= time - 1_000) from += 1;
    peak = Math.max(peak, index - from + 1);
  }
  return peak;
}

function requestOf(index: number) {
  return { model: "vid-veo-3.1", prompt: promptOf(index) } as const;
}

const MEASURES: Readonly<Record<string, (count: number) => Promise<unknown>>> = {
  besideEnded,
  journalTraffic,
  resumed,
};
const [what = "", count] = process.argv.slice(2);
process.stdout.write(`${JSON.stringify(await MEASURES[what]?.(Number(count)))}\n`);
process.exit(0);
