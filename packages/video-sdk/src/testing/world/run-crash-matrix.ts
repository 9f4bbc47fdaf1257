// Runs a generation with every fault at every call, alone or in pairs, against any backend. Reports data; uses no test runner.
import { createWorld, WORLD_REQUEST, type WorldEnd, type WorldOptions } from "./create-world.ts";
import { WORLD_FAULTS, type FaultSchedule, type TracedCall, type WorldFault } from "./fault-schedule.ts";

/** Options of a matrix. */
export interface CrashMatrixOptions extends Omit<WorldOptions, "schedule"> {
  /** Faults in each run. Default 1. */
  readonly faultsPerRun?: 1 | 2;
  /** Default: all of them. */
  readonly faults?: readonly WorldFault[];
  /** Whether the user cancels. Every run is then repeated with the cancel at each call. Default false. */
  readonly isCanceled?: boolean;
  /**
   * Runs one of this many only, beginning with the one at `offset`: of the faults, with two faults of the pairs. With cancels it begins one
   * further at each call, so that in the end every fault was met. Default: all of them.
   */
  readonly sample?: { readonly every: number; readonly offset: number };
  /** Whether to stop at the first finding. Default false. */
  readonly isFirstEnough?: boolean;
}

/** A run that did not end in balance. */
export interface CrashMatrixFinding {
  /** Such as `ledger.reserveCredits answer-lost`, or for the storage `after api.submit, storage.setItem crash-before`. In order. */
  readonly faults: readonly string[];
  readonly schedule: readonly (readonly [number, WorldFault])[];
  /** The number of the call at which the user canceled, if any. */
  readonly canceledAt: number | undefined;
  readonly imbalances: readonly string[];
  /** Must be empty for every guarantee. */
  readonly violations: readonly string[];
  readonly settlements: readonly string[];
}

/** The results of a matrix. */
export interface CrashMatrixReport {
  readonly runs: number;
  /** How often calls really met each kind of fault. A fault that was never met proves nothing. */
  readonly met: Readonly<Record<WorldFault, number>>;
  /** The same by call, such as `ledger.closeSlot refused`. */
  readonly metAt: Readonly<Record<string, number>>;
  readonly findings: readonly CrashMatrixFinding[];
}

const ALL = { every: 1, offset: 0 };

/** Runs one generation for every fault at every call, and returns the runs that did not end in balance. */
export async function runCrashMatrix(options: CrashMatrixOptions = {}): Promise<CrashMatrixReport> {
  const { faultsPerRun = 1, faults = WORLD_FAULTS, isCanceled = false, isFirstEnough = false, ...others } = options;
  const { sample = ALL, ...world } = others;
  const met = Object.fromEntries(WORLD_FAULTS.map((fault) => [fault, 0])) as Record<WorldFault, number>; // all of them
  const metAt: Record<string, number> = {};
  const findings: CrashMatrixFinding[] = [];
  let runs = 0;

  const runWith = async (schedule: FaultSchedule, canceledAt: number | undefined): Promise<WorldEnd> => {
    const end = await runOnce({ ...world, schedule }, canceledAt);
    runs++;
    // Single faults only: a matrix has no outages.
    const hits = end.trace.flatMap((call) => {
      const fault = WORLD_FAULTS.find((one) => one === call.fault);
      return fault === undefined ? [] : [{ ...call, fault }];
    });
    for (const { name, fault } of hits) {
      met[fault]++;
      metAt[`${name} ${fault}`] = (metAt[`${name} ${fault}`] ?? 0) + 1;
    }
    const { imbalances, violations, snapshots } = end;
    if (imbalances.length + violations.length > 0) {
      const settlements = snapshots.map(({ phase, settlement }) => `${phase}/${settlement}`);
      const labels = hits.map((hit) => labelOf(hit, end.trace));
      findings.push({
        faults: labels,
        schedule: [...schedule],
        canceledAt,
        imbalances,
        violations,
        settlements,
      });
    }
    return end;
  };

  const cancels = isCanceled ? (await runWith(new Map(), undefined)).trace.map(({ index }) => index) : [undefined];
  for (const [nth, canceledAt] of cancels.entries()) {
    const chosen = { faults, faultsPerRun, sample: { ...sample, offset: (sample.offset + nth) % sample.every } };
    for await (const _ of everyFault(chosen, (schedule) => runWith(schedule, canceledAt))) {
      if (isFirstEnough && findings.length > 0) return { runs, met, metAt, findings };
    }
  }
  return { runs, met, metAt, findings };
}

/** Runs without a fault, then with every fault at every call, then with every second fault on the path that the first one leads to. */
async function* everyFault(
  { faults, faultsPerRun, sample }: Required<Pick<CrashMatrixOptions, "faults" | "faultsPerRun" | "sample">>,
  run: (schedule: FaultSchedule) => Promise<WorldEnd>,
): AsyncGenerator<void> {
  const clean = await run(new Map());
  yield;
  let nth = 0;
  const isChosen = (): boolean => nth++ % sample.every === sample.offset;
  for (const first of clean.trace.keys()) {
    for (const fault of faults) {
      if (faultsPerRun === 1 && !isChosen()) continue;
      const end = await run(new Map([[first, fault]]));
      yield;
      if (faultsPerRun === 1) continue;
      for (let second = first + 1; second < end.trace.length; second++) {
        for (const other of faults) {
          if (!isChosen()) continue;
          const both = new Map([[first, fault] as const, [second, other] as const]);
          await run(both);
          yield;
        }
      }
    }
  }
}

function labelOf({ index, name, fault }: TracedCall, trace: readonly TracedCall[]): string {
  const before = trace.slice(0, index).findLast((call) => !call.name.startsWith("storage."));
  return `${name.startsWith("storage.") ? `after ${before?.name ?? "nothing"}, ` : ""}${name} ${String(fault)}`;
}

/** Runs one generation in a world of its own. `canceledAt`: the number of the call at which the user cancels. */
async function runOnce(options: WorldOptions, canceledAt?: number): Promise<WorldEnd> {
  const world = createWorld({
    ...options,
    onCall: ({ index }) => {
      if (index === canceledAt) for (const { id } of world.engine().list()) void world.engine().get(id)?.cancel();
    },
  });
  world.engine().generate(WORLD_REQUEST);
  return world.settle();
}
