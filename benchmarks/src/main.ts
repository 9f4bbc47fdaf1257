// `npm run bench -- [part ...] [--jobs N] [--rounds N] [--polls N] [--polled N] [--seed N]`: measures this engine beside its peers, and prints Markdown tables.
import { parseArgs } from "node:util";
import { reportEngines, reportFlow, reportLoop } from "./engines/report.ts";
import { reportGrid } from "./grid/report.ts";
import { reportImport } from "./import/report.ts";
import { reportPolling } from "./polling/report.ts";
import { reportPreparing } from "./preparing/report.ts";
import { reportServer } from "./server/report.ts";
import { reportEnded, reportJournal, reportResume } from "./scale/report.ts";

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    jobs: { type: "string", default: "1000" },
    rounds: { type: "string", default: "3" },
    polls: { type: "string", default: "3" },
    polled: { type: "string", default: "1000" },
    seed: { type: "string", default: "7" },
  },
});
const [jobs, rounds] = [Number(values.jobs), Number(values.rounds)];
const PARTS: Readonly<Record<string, () => string | Promise<string>>> = {
  engines: () => reportEngines(jobs, rounds),
  flow: () => reportFlow(jobs),
  loop: () => reportLoop(jobs, Number(values.polls)),
  polling: () => reportPolling(Number(values.polled), Number(values.seed)),
  preparing: () => reportPreparing(),
  ended: () => reportEnded([100, jobs], rounds),
  journal: () => reportJournal([100, jobs]),
  resume: () => reportResume([jobs]),
  grid: () => reportGrid([100, 1_000], rounds),
  server: () => reportServer(jobs, rounds),
  import: () => reportImport(rounds),
};

for (const [name, run] of Object.entries(PARTS)) {
  if (positionals.length > 0 && !positionals.includes(name)) continue;
  process.stdout.write(`${await run()}\n\n`);
}
