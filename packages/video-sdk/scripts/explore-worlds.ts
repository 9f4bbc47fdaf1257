// Runs random worlds and prints what came of them. Every hundredth runs twice, and must be the same.
//   node --conditions=@video-engine/source packages/video-sdk/scripts/explore-worlds.ts --seeds 100000 [--from 0] [--sessions]
// --sessions: each of them on functions that take no key, behind a deployment that removes repeats by the numbers of calls.
import { parseArgs } from "node:util";
import { planRandomWorld } from "../src/testing/world/plan-random-world.ts";
import { runRandomWorld, type RandomWorldReport } from "../src/testing/world/random-worlds.ts";
import { wrongIn } from "../src/testing/world/wrong-in.ts";

const { values } = parseArgs({
  options: {
    seeds: { type: "string", default: "10000" },
    from: { type: "string", default: "0" },
    sessions: { type: "boolean", default: false },
  },
});
const [from, seeds] = [Number(values.from), Number(values.seeds)];

const counts = new Map<string, number>();
const count = (what: string, by = 1): void => void counts.set(what, (counts.get(what) ?? 0) + by);
const findings: string[] = [];
const startedAt = performance.now();

for (let seed = from; seed < from + seeds; seed++) {
  const plan = values.sessions
    ? { ...planRandomWorld(seed, "exactly-once"), numbersCalls: true }
    : planRandomWorld(seed);
  const report = await runRandomWorld(plan);
  tally(report);
  if (seed % 100 !== 0) continue;
  const again = await runRandomWorld(report.plan);
  count("seeds run twice");
  if (again.trace !== report.trace) findings.push(`SEED=${seed}: another run the second time`);
}

function tally(report: RandomWorldReport): void {
  const { plan, met, crashes, ends, trace, imbalances } = report;
  count(`worlds, ${plan.guarantee}`);
  if (imbalances.length > 0) count(`worlds with something left, ${plan.guarantee}`);
  count("generations", plan.scenarios.length);
  count("calls", trace.split("\n").length - ends.length - 1);
  count("processes that died", crashes);
  for (const fault of met) count(`faults, ${fault}`);
  for (const { action } of plan.actions) count(`users, ${action}`);
  for (const end of ends) count(`ends, ${end.split(" ").at(-1) ?? ""}`);
  for (const wrong of wrongIn(report)) findings.push(`SEED=${plan.seed} (${plan.guarantee}): ${wrong}`);
}

const seconds = Math.round((performance.now() - startedAt) / 1_000);
console.log(`${seeds} seeds from ${from}, ${seconds} s, ${findings.length} findings`);
for (const [what, times] of [...counts].sort(([a], [b]) => a.localeCompare(b))) console.log(`${what}: ${times}`);
for (const finding of findings.slice(0, 50)) console.log(finding);
process.exitCode = findings.length > 0 ? 1 : 0;
