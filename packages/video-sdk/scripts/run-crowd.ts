// Runs hundreds of generations of one user at once, with faults and deaths of the app, under each guarantee, and prints what came of them.
//   node --conditions=@video-engine/source packages/video-sdk/scripts/run-crowd.ts [--count 500] [--faults 30] [--seeds 3]
import { parseArgs } from "node:util";
import { runCrowd } from "../src/testing/world/crowd.ts";

const { values } = parseArgs({
  options: {
    count: { type: "string", default: "500" },
    faults: { type: "string", default: "30" },
    seeds: { type: "string", default: "3" },
  },
});
const [count, faults] = [Number(values.count), Number(values.faults)];

for (const guarantee of ["exactly-once", "reconciled", "at-most-once"] as const) {
  for (let seed = 1; seed <= Number(values.seeds); seed++) {
    const { wrong, crashes, ends, mostQuestions } = await runCrowd({ guarantee, count, faults, seed });
    console.log(`${guarantee}, seed ${seed}: ${crashes} deaths, at most ${mostQuestions} questions a second`, ends);
    for (const sentence of wrong) console.log(`  ${sentence}`);
    if (wrong.length > 0) process.exitCode = 1;
  }
}
