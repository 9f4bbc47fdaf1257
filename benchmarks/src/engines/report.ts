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

/** The two that keep the books: the event loop with so many at once, each asked about `polls` times. */
export function reportLoop(jobs: number, polls: number): string {
  const lines = BOOKS.map(({ id }) => [id, shown(measured(id, ["lag", String(jobs), String(polls)]).lagP99Ms)]);
  return `## Event loop, ${jobs} generations at once, ${polls} polls each\n\n${table(["engine", "p99 ms"], lines)}`;
}

/** The same two: CPU per generation while 30 a second come, the first third left out. */
export function reportFlow(jobs: number): string {
  const costs = BOOKS.map(({ id }) => measured(id, ["flow", String(jobs)]).cpuMicros ?? Number.NaN);
  const lines = BOOKS.map(({ id }, at) => [
    id,
    shown(costs[at], 0),
    shown((costs[at] ?? Number.NaN) / (costs[0] ?? 1), 2),
  ]);
  return `## ${jobs} generations, 30 a second\n\n${table(["engine", "CPU us", "x floor"], lines)}`;
}

const BOOKS = CONTENDERS.filter(({ level }) => level === "books");

function measured(id: string, args: readonly string[]): Measured {
  return inChild<Measured>("engines/measure-in-child.ts", [id, ...args]) ?? {};
}

interface Row {
  readonly contender: Contender;
  readonly measured: Measured[];
}

function once({ id }: Contender, jobs: number): Measured {
  const of = (mode: Mode): Measured => measured(id, [mode, String(jobs)]);
  return { ...of("cpu"), ...of("lag"), ...of("memory") };
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
