// The table of the engines: CPU, memory and event loop per generation, beside the hand-written floor of the same level.
import { inChild } from "../in-child.ts";
import { median, shown, table } from "../table.ts";
import type { Contender } from "./contender.ts";
import { CONTENDERS } from "./contenders.ts";
import type { Measured, Mode } from "./measure.ts";

/** Measures every engine `rounds` times, one after the other within a round, and returns the table of the medians. */
export function reportEngines(jobs: number, rounds: number): string {
  const rows = CONTENDERS.map((contender): Row => ({ contender, measured: [] }));
  for (let round = 0; round < rounds; round++) for (const row of rows) row.measured.push(once(row.contender, jobs));
  const floors = new Map(rows.toReversed().map((row) => [row.contender.level, row]));
  const lines = rows.map((row) => lineOf(row, floors.get(row.contender.level) ?? row));
  const head = ["engine", "level", "requests", "CPU us", "x floor", "heap kB, running", "event loop p99 ms"];
  return `## ${jobs} generations at once, three polls each (median of ${rounds})\n\n${table(head, lines)}`;
}

interface Row {
  readonly contender: Contender;
  readonly measured: Measured[];
}

function once({ id }: Contender, jobs: number): Measured {
  const measured = (mode: Mode) => inChild<Measured>("engines/measure-in-child.ts", [id, mode, String(jobs)]);
  return { ...measured("cpu"), ...measured("lag"), ...measured("memory") };
}

function lineOf(row: Row, floor: Row): string[] {
  const { id, level } = row.contender;
  const of = (key: keyof Measured, from = row): number =>
    median(from.measured.map((measured) => measured[key] ?? Number.NaN));
  const cpu = of("cpuMicros");
  return [
    id,
    level,
    shown(of("requests")),
    shown(cpu, 0),
    shown(cpu / of("cpuMicros", floor), 2),
    shown(of("heapKb"), 2),
    shown(of("lagP99Ms")),
  ];
}
