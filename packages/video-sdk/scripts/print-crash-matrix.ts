// Prints the figures of the crash matrix: every fault at every call, alone and in pairs, for each guarantee and each way a job can go.
//   node --conditions=@video-engine/source packages/video-sdk/scripts/print-crash-matrix.ts
import { createPollingPolicy } from "../src/core/polling-policy.ts";
import type { Guarantee } from "../src/ports.ts";
import type { JobScenario } from "../src/testing/fake-video-api.ts";
import { fakeBackend } from "../src/testing/world/fake-backend.ts";
import { runCrashMatrix, type CrashMatrixReport } from "../src/testing/world/run-crash-matrix.ts";

const SCENARIOS: readonly (readonly [string, JobScenario])[] = [
  ["finishes", "finish"],
  ["answered at once", "immediate"],
  ["fails", { fail: "provider-failed" }],
  ["finishes without a video", "empty"],
  ["never ends", "never"],
];
interface Row {
  readonly label: string;
  readonly guarantee: Guarantee;
  readonly numbersCalls?: boolean;
  readonly isSubmitRepeatable?: boolean;
}
const ROWS: readonly Row[] = [
  { label: "exactly-once", guarantee: "exactly-once" },
  { label: "exactly-once, `convexSessions`", guarantee: "exactly-once", numbersCalls: true },
  {
    label: "the same, no repeatable route",
    guarantee: "exactly-once",
    numbersCalls: true,
    isSubmitRepeatable: false,
  },
  { label: "reconciled", guarantee: "reconciled" },
  { label: "at-most-once", guarantee: "at-most-once" },
];

/** Seldom, so that a job that never ends is a run of a few questions. */
const polling = createPollingPolicy({ minWaitMs: 120_000, maxWaitMs: 300_000 });

console.log("| guarantee | faults | job | runs | charged or released twice | credits left held | anything else left |");
console.log("| --- | ---: | --- | ---: | ---: | ---: | ---: |");
for (const row of ROWS) {
  for (const [job, scenario] of SCENARIOS) print({ ...row, job, faults: 1 }, await run(row, scenario, 1));
  print({ ...row, job: "finishes", faults: 2 }, await run(row, "finish", 2));
}

function run(row: Row, scenario: JobScenario, faultsPerRun: 1 | 2): Promise<CrashMatrixReport> {
  return runCrashMatrix({ polling, backend: fakeBackend({ ...row, scenario, jobMs: 1_000 }), faultsPerRun });
}

function print(row: { label: string; job: string; faults: number }, { runs, findings }: CrashMatrixReport): void {
  const isHeld = (sentences: readonly string[]): boolean => sentences.some((sentence) => sentence.startsWith("L2 "));
  const violated = findings.filter(({ violations }) => violations.length > 0).length;
  const held = findings.filter(({ imbalances }) => isHeld(imbalances)).length;
  console.log(
    `| ${row.label} | ${row.faults} | ${row.job} | ${runs} | ${violated} | ${held} | ${findings.length - held} |`,
  );
}
