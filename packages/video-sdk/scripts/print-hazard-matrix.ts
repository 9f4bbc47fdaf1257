// Prints the figures of the hazard matrix: every fault at every call, with each hazard around the engine. Takes some minutes.
//   node --conditions=@video-engine/source packages/video-sdk/scripts/print-hazard-matrix.ts
import { runHazardMatrix, wrongUnderHazard } from "../src/testing/world/hazard-matrix.ts";
import { HAZARDS, type HazardKind } from "../src/testing/world/hazards.ts";

const GUARANTEES = ["exactly-once", "reconciled", "at-most-once"] as const;

interface Row {
  runs: number;
  wrong: number;
  left: number;
}

const rows = new Map<HazardKind, Row[]>(HAZARDS.map((kind) => [kind, []]));
const wrong: string[] = [];
for (const guarantee of GUARANTEES) {
  for await (const { kind, runs, findings } of runHazardMatrix({ guarantee })) {
    const bad = findings.filter((finding) => wrongUnderHazard(guarantee, finding).length > 0);
    const left = findings.filter(({ imbalances }) => imbalances.length > 0);
    rows.get(kind)?.push({ runs, wrong: bad.length, left: left.length });
    wrong.push(
      ...bad.map(
        ({ faults, violations, imbalances }) => `${kind}: ${JSON.stringify({ faults, violations, imbalances })}`,
      ),
    );
  }
}

console.log("| hazard | runs | wrong | left, exactly-once | left, reconciled | left, at-most-once |");
console.log("| --- | ---: | ---: | ---: | ---: | ---: |");
for (const [kind, of] of rows) {
  const sum = (name: "runs" | "wrong"): number => of.reduce((all, row) => all + row[name], 0);
  console.log(`| \`${kind}\` | ${sum("runs")} | ${sum("wrong")} | ${of.map(({ left }) => left).join(" | ")} |`);
}
for (const finding of wrong.slice(0, 20)) console.log(finding);
process.exitCode = wrong.length > 0 ? 1 : 0;
