// The crash matrix once more, with something wrong around the engine meanwhile: each hazard, at the start, while the job runs and at the end,
// with every fault and every crash at every call.
import { createPollingPolicy } from "../../core/polling-policy.ts";
import type { Guarantee } from "../../ports.ts";
import type { JobScenario } from "../fake-video-api.ts";
import { fakeBackend, type FakeBackendOptions } from "./fake-backend.ts";
import { HAZARDS, type HazardKind } from "./hazards.ts";
import { runCrashMatrix, type CrashMatrixFinding } from "./run-crash-matrix.ts";

/** The results of one hazard on one kind of backend. */
export interface HazardReport {
  readonly kind: HazardKind;
  readonly runs: number;
  /** With what the backend does not promise: see `wrongUnderHazard`. */
  readonly findings: readonly CrashMatrixFinding[];
}

/** When a hazard is on, milliseconds: all the time, while the job runs, and from before its end until long after. */
const SPANS: readonly (readonly [fromMs: number, untilMs: number])[] = [
  [0, 300_000],
  [1_000, 200_000],
  [100_000, 900_000],
];
const SCENARIOS: readonly JobScenario[] = ["finish", { fail: "provider-failed" }, "never"];

/** Runs every hazard. `every`: runs one of this many faults only, another one with each hazard, span and scenario. Default 1: all. */
export async function* runHazardMatrix(
  { guarantee, numbersCalls = false }: Pick<FakeBackendOptions, "numbersCalls"> & { readonly guarantee: Guarantee },
  every = 1,
): AsyncGenerator<HazardReport> {
  // Seldom, so that a job that never ends is a run of a few questions.
  const polling = createPollingPolicy({ minWaitMs: 120_000, maxWaitMs: 300_000 });
  let offset = 0;
  for (const kind of HAZARDS) {
    const findings: CrashMatrixFinding[] = [];
    let runs = 0;
    for (const [fromMs, untilMs] of SPANS) {
      for (const scenario of SCENARIOS) {
        const backend = fakeBackend({ guarantee, numbersCalls, scenario, jobMs: 1_000 });
        const sample = { every, offset: offset++ % every };
        const report = await runCrashMatrix({ polling, backend, hazards: [{ kind, fromMs, untilMs }], sample });
        runs += report.runs;
        findings.push(...report.findings);
      }
    }
    yield { kind, runs, findings };
  }
}

/** What must never happen; on an exactly-once backend also what is not settled. */
export function wrongUnderHazard(
  guarantee: Guarantee,
  { violations, imbalances }: CrashMatrixFinding,
): readonly string[] {
  return guarantee === "exactly-once" ? [...violations, ...imbalances] : violations;
}
