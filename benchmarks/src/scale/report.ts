// The tables of what grows with the number of generations.
import { inChild } from "../in-child.ts";
import { median, shown, table } from "../table.ts";
import type { BesideEnded, JournalTraffic, Resumed } from "./measure.ts";

const MODULE = "scale/measure.ts";

/** One more generation beside `counts` ended ones. The first count is what the others are compared with. */
export function reportEnded(counts: readonly number[], rounds: number): string {
  const measured = counts.map((count) =>
    Array.from({ length: rounds }, () => inChild<BesideEnded>(MODULE, ["besideEnded", String(count)])),
  );
  const cpu = measured.map((all) => median(all.map((one) => one?.cpuMicros ?? Number.NaN)));
  const rows = counts.map((count, index) => [
    String(count),
    shown(cpu[index], 0),
    shown((cpu[index] ?? Number.NaN) / (cpu[0] ?? Number.NaN), 2),
    shown(median((measured[index] ?? []).map((one) => one?.heapKb ?? Number.NaN)), 2),
  ]);
  const head = ["ended generations", "CPU us of one more", `x beside ${counts[0]}`, "heap kB, each ended one"];
  return `## One more generation beside ended ones\n\n${table(head, rows)}`;
}

/** What one generation writes beside others in flight, in a storage that cannot list its keys. */
export function reportJournal(counts: readonly number[]): string {
  const rows = counts.map((count) => {
    const one = inChild<JournalTraffic>(MODULE, ["journalTraffic", String(count)]);
    const kb = (bytes: number | undefined): string => shown(bytes === undefined ? undefined : bytes / 1_000);
    return [String(count), shown(one?.writes), kb(one?.written), kb(one?.read)];
  });
  const head = ["in flight", "writes per generation", "kB written", "kB read"];
  return `## The journal, in a storage without keys\n\n${table(head, rows)}`;
}

/** What a start with many records costs, and how fast they are asked about. */
export function reportResume(counts: readonly number[]): string {
  const rows = counts.map((count) => {
    const one = inChild<Resumed>(MODULE, ["resumed", String(count)]);
    return [String(count), shown(one?.cpuMs, 0), shown(one?.peakPerSecond, 0), shown(one?.seconds)];
  });
  return `## resume()\n\n${table(["records", "CPU ms", "questions, busiest second", "all asked after s"], rows)}`;
}
