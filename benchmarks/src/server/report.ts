// The table of the server: what one generate costs, beside a handler that is written by hand.
import { inChild } from "../in-child.ts";
import { median, shown, table } from "../table.ts";
import type { ServerCost } from "./measure.ts";

const HANDLERS: readonly (readonly [what: string, shown: string])[] = [
  ["plain", "a handler by hand, which checks nothing"],
  ["routes", "createVideoRoutes, without a key"],
  ["routes-with-key", "createVideoRoutes, with an Idempotency-Key"],
];

/** The CPU of one generate, the provider's answer included. */
export function reportServer(requests: number, rounds: number): string {
  const costs = HANDLERS.map(([what]) => {
    const measured = Array.from({ length: rounds }, () =>
      inChild<ServerCost>("server/measure.ts", [what, String(requests)]),
    );
    return median(measured.map((one) => one?.cpuMicros ?? Number.NaN));
  });
  const rows = HANDLERS.map(([, name], at) => [
    name,
    shown(costs[at], 0),
    shown((costs[at] ?? Number.NaN) / (costs[0] ?? Number.NaN), 1),
  ]);
  return `## One generate on the server (median of ${rounds})\n\n${table(["handler", "CPU us", "x by hand"], rows)}`;
}
