// Plays the whole fault matrix on the embedded backend with the real clients, and prints its figures, as in docs/reliability.md.
//   node --conditions=@video-engine/source packages/video-convex/scripts/print-fault-matrix.ts [--pairs 2000] [--every 1] [--processes 2]
// `--every 11` plays each eleventh run of the families (a number that 2, 3, 5 and 7 do not divide meets all their kinds). Ends with 1 where the books of any run are not exact, and names it.
import { parseArgs } from "node:util";
import { openEmbeddedHost } from "../test/matrix/embedded-host.ts";
import type { MatrixHost } from "../test/matrix/matrix-host.ts";
import { playScenario } from "../test/matrix/play-scenario.ts";
import { drawPairs, FAMILIES, nameOf, type Scenario } from "../test/matrix/scenarios.ts";

const { values } = parseArgs({
  options: {
    pairs: { type: "string", default: "2000" },
    every: { type: "string", default: "1" },
    processes: { type: "string", default: "2" },
    seed: { type: "string", default: "7" },
  },
});
const [pairs, every, processes, seed] = [values.pairs, values.every, values.processes, values.seed].map(Number);
/** A backend keeps all that it ever had in memory. */
const WORLDS_PER_BACKEND = 250;

/** What came of the runs of one family. */
interface Figures {
  runs: number;
  charged: number;
  readonly wrong: string[];
}

async function playAll(scenarios: readonly Scenario[]): Promise<Figures> {
  const figures: Figures = { runs: 0, charged: 0, wrong: [] };
  const left = [...scenarios];
  const playSome = async (): Promise<void> => {
    while (left.length > 0) {
      const host = await openEmbeddedHost();
      for (let world = 0; world < WORLDS_PER_BACKEND && host.isAlive(); world++) {
        const scenario = left.shift();
        if (scenario !== undefined) count(figures, scenario, await play(host, scenario));
      }
      await host.close();
    }
  };
  await Promise.all(Array.from({ length: processes ?? 1 }, playSome));
  return figures;
}

/** A run takes a tenth of a second. One that hangs is wrong too, and ends its backend. */
const MOST_MS = 120_000;

async function play(host: MatrixHost, scenario: Scenario) {
  let timer: NodeJS.Timeout | undefined;
  const tooLong = new Promise<{ readonly wrong: readonly string[] }>((resolve) => {
    timer = setTimeout(() => {
      resolve({ wrong: [`it has not ended after ${MOST_MS} ms`] });
      void host.close();
    }, MOST_MS);
  });
  const played = playScenario(host, scenario).catch((error: unknown) => ({ wrong: [String(error)] }));
  return await Promise.race([played, tooLong]).finally(() => clearTimeout(timer));
}

function count(figures: Figures, scenario: Scenario, played: Awaited<ReturnType<typeof play>>): void {
  figures.runs++;
  if ("ended" in played && played.ended.settlement === "captured") figures.charged++;
  if (played.wrong.length > 0) figures.wrong.push(`${nameOf(scenario)}: ${played.wrong.join("; ")}`);
}

const played = Object.entries(FAMILIES).map(
  ([family, scenarios]) => [family, scenarios.filter((_, index) => index % (every ?? 1) === 0)] as const,
);
const families = {
  ...Object.fromEntries(played),
  [`two faults, and anything else, ${pairs} drawn`]: drawPairs(pairs ?? 0, seed ?? 7),
};
const wrong: string[] = [];
process.stdout.write("| what goes wrong | runs | delivered and charged | ended otherwise, free | books not exact |\n");
process.stdout.write("| --- | ---: | ---: | ---: | ---: |\n");
for (const [family, scenarios] of Object.entries(families)) {
  const { runs, charged, wrong: found } = await playAll(scenarios);
  process.stdout.write(`| ${family} | ${runs} | ${charged} | ${runs - charged} | ${found.length} |\n`);
  wrong.push(...found);
}
for (const line of wrong) process.stderr.write(`${line}\n`);
process.exitCode = wrong.length === 0 ? 0 : 1;
