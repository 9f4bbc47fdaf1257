// Every fault at every call of a generation, alone or in pairs, against any backend. What it reports is data; it knows no test runner.
import { createWorld, WORLD_REQUEST, type WorldEnd, type WorldOptions } from "./create-world.ts";
import { WORLD_FAULTS, type FaultSchedule, type TracedCall, type WorldFault } from "./fault-schedule.ts";

/** What to run. */
export interface CrashMatrixOptions extends Omit<WorldOptions, "schedule"> {
  /** Faults in each run. Default 1. */
  readonly faultsPerRun?: 1 | 2;
  /** Default: all of them. */
  readonly faults?: readonly WorldFault[];
}

/** One run of the matrix that did not end in balance. */
export interface CrashMatrixFinding {
  /** Such as `ledger.reserveCredits answer-lost`, or for the storage `after api.submit, storage.setItem crash-before`, in the order in which they were met. */
  readonly faults: readonly string[];
  readonly schedule: readonly (readonly [number, WorldFault])[];
  readonly imbalances: readonly string[];
  /** Must be empty in every strength. */
  readonly violations: readonly string[];
  readonly settlements: readonly string[];
}

/** What the matrix has shown. */
export interface CrashMatrixReport {
  readonly runs: number;
  /** How often each kind of fault was really met. One that was never met proves nothing. */
  readonly met: Readonly<Record<WorldFault, number>>;
  readonly findings: readonly CrashMatrixFinding[];
}

/** Runs one generation for every fault at every call, uncapped, and gives back what was left unbalanced. */
export async function runCrashMatrix(options: CrashMatrixOptions = {}): Promise<CrashMatrixReport> {
  const { faultsPerRun = 1, faults = WORLD_FAULTS, ...world } = options;
  const met = Object.fromEntries(WORLD_FAULTS.map((fault) => [fault, 0])) as Record<WorldFault, number>; // all of them
  const findings: CrashMatrixFinding[] = [];
  let runs = 0;

  const runWith = async (schedule: FaultSchedule): Promise<WorldEnd> => {
    const end = await runOnce({ ...world, schedule });
    runs++;
    const hits = end.trace.flatMap((call) =>
      call.fault === undefined ? [] : [{ fault: call.fault, label: labelOf(call, end.trace) }],
    );
    for (const { fault } of hits) met[fault]++;
    const { imbalances, violations, snapshots } = end;
    if (imbalances.length + violations.length + end.pendingTimers > 0) {
      const settlements = snapshots.map(({ phase, settlement }) => `${phase}/${settlement}`);
      findings.push({
        faults: hits.map(({ label }) => label),
        schedule: [...schedule],
        imbalances,
        violations,
        settlements,
      });
    }
    return end;
  };

  const clean = await runWith(new Map());
  for (let first = 0; first < clean.trace.length; first++) {
    for (const fault of faults) {
      const end = await runWith(new Map([[first, fault]]));
      if (faultsPerRun === 1) continue;
      // What comes after the first fault is another path: the second is put at every call of that path.
      for (let second = first + 1; second < end.trace.length; second++) {
        for (const other of faults) {
          await runWith(
            new Map([
              [first, fault],
              [second, other],
            ]),
          );
        }
      }
    }
  }
  return { runs, met, findings };
}

function labelOf({ index, name, fault }: TracedCall, trace: readonly TracedCall[]): string {
  const before = trace.slice(0, index).findLast((call) => !call.name.startsWith("storage."));
  return `${name.startsWith("storage.") ? `after ${before?.name ?? "nothing"}, ` : ""}${name} ${String(fault)}`;
}

/** One generation in one world, to its end. */
export async function runOnce(options: WorldOptions): Promise<WorldEnd> {
  const world = createWorld(options);
  world.engine().generate(WORLD_REQUEST);
  return world.settle();
}
