// One change in a grid of many rows: `measure.ts <rows>` prints the milliseconds of it as JSON.
import { mergeGenerations, type GenerationSnapshot } from "@video-engine/video-sdk";
import { createOurEngine, everyMs } from "../engines/ours.ts";
import { promptOf } from "../engines/contender.ts";
import { cpuMicros, sleep } from "../process.ts";
import { createTransport } from "../transport.ts";

/** CPU of one change, in milliseconds. */
export interface GridChange {
  readonly cpuMs: number;
}

type Row = Parameters<typeof mergeGenerations>[0][number];

/** So many generations run, each with its row. */
const RUNNING = 20;
const CHANGES = 2_000;

async function measure(count: number): Promise<GridChange> {
  const { generate, list, dispose } = createOurEngine({
    ...createTransport(Number.POSITIVE_INFINITY),
    polling: everyMs(600_000),
  });
  for (let index = 0; index < RUNNING; index++) generate({ model: "vid-veo-3.1", prompt: promptOf(index) });
  while (list().some(({ phase }) => phase !== "polling")) await sleep(10);
  const snapshots = [...list()];
  const rows = Array.from({ length: count }, (_, index) => rowOf(index, snapshots[index]));
  dispose();
  let tiles = mergeGenerations(rows, snapshots, { now: Date.now() });
  const change = (round: number): void => {
    const at = round % RUNNING;
    const before = snapshots[at];
    if (before !== undefined) snapshots[at] = { ...before, isSlow: !before.isSlow };
    const next = mergeGenerations(rows, snapshots, { now: Date.now(), previous: tiles });
    if (next === tiles) throw new Error("Nothing has changed.");
    tiles = next;
  };
  for (let round = 0; round < CHANGES / 10; round++) change(round);
  const start = cpuMicros();
  for (let round = 0; round < CHANGES; round++) change(round);
  return { cpuMs: (cpuMicros() - start) / CHANGES / 1_000 };
}

function rowOf(index: number, snapshot: GenerationSnapshot | undefined): Row {
  return {
    id: snapshot?.rowId ?? `row-${index}-of-others`,
    sessionId: "session-1",
    prompt: promptOf(index),
    model: "vid-veo-3.1",
    modelLabel: "Veo 3.1",
    aspectRatio: "16:9",
    videos: snapshot === undefined ? [`https://videos.test/${index}.mp4`] : [],
    previewImage: undefined,
    isLoading: snapshot !== undefined,
    error: undefined,
    slotId: snapshot?.slotId,
    requestId: snapshot?.requestId,
    isRefunded: false,
    credits: 240,
    createdAt: 1_767_225_600_000 + index,
  };
}

process.stdout.write(`${JSON.stringify(await measure(Number(process.argv[2])))}\n`);
process.exit(0);
