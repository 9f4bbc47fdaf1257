// What goes wrong at which call, as data, so that a run can be repeated.
import type { Clock } from "../../platform-ports.ts";

/**
 * What happens to one call. The app's `saveVideos` throws at once, rejects, never answers, or returns nothing usable instead, in the order of the
 * first four. `request-lost`: it never arrives. `answer-lost`: it runs, and its answer is lost. `lands-late`: it is not
 * answered, and runs much later (a storage writes at once). `refused`: it certainly does not run. `crash-before`: the process dies before
 * the call is sent. `crash-after`: the process dies after the call has run and before its answer arrives.
 */
export type WorldFault = "request-lost" | "answer-lost" | "lands-late" | "refused" | "crash-before" | "crash-after";

/** What an outage does to a call. `refused-for-good`: the call certainly does not run, and nothing says that this will pass. */
export type OutageFault = WorldFault | "refused-for-good";

/** Every kind of fault that a single call can meet. */
export const WORLD_FAULTS: readonly WorldFault[] = [
  "request-lost",
  "answer-lost",
  "lands-late",
  "refused",
  "crash-before",
  "crash-after",
];

/** A call that the engines of a world make. */
export type WorldCall = (typeof WORLD_CALLS)[number];

/** Every call that can meet a fault. */
export const WORLD_CALLS = [
  "ledger.acquireSlot",
  "ledger.reserveCredits",
  "ledger.createSession",
  "ledger.recordRow",
  "ledger.updateRow",
  "ledger.captureCredits",
  "ledger.releaseCredits",
  "ledger.closeSlot",
  "ledger.readReserved",
  "api.submit",
  "api.status",
  "api.cancel",
  "app.saveVideos",
  "storage.getItem",
  "storage.setItem",
  "storage.removeItem",
  "storage.keys",
] as const;

/** Faults by the number of the call they meet, counted from 0 over all calls to ledger, provider and storage. */
export type FaultSchedule = ReadonlyMap<number, WorldFault>;

/** A fault of the nth call of a kind. `nth` counts from 0. */
export interface AimedFault {
  readonly call: WorldCall;
  readonly nth: number;
  readonly fault: WorldFault;
}

/** A period in which every call of a kind meets the same fault. Milliseconds since the world began. */
export interface Outage {
  readonly fromMs: number;
  readonly untilMs: number;
  /** Prefix of the names of the calls, such as `ledger` or `api.status`. */
  readonly calls: string;
  readonly fault: OutageFault;
}

/** A call that was made, and the fault it met. */
export interface TracedCall {
  readonly index: number;
  readonly name: WorldCall;
  readonly fault: OutageFault | undefined;
}

/** Returns the fault of a call, given its number (from 0) and its name. */
export type FaultAt = (index: number, name: WorldCall) => OutageFault | undefined;

/** What goes wrong in a world. */
export interface PlannedFaults {
  readonly schedule: FaultSchedule;
  readonly aimed: readonly AimedFault[];
  readonly outages: readonly Outage[];
}

/** Looks a fault up: first in the schedule, then among the aimed faults, then in the outages. */
export function plannedFaults({ schedule, aimed, outages }: PlannedFaults, clock: Pick<Clock, "now">): FaultAt {
  const startedAt = clock.now();
  const made = new Map<WorldCall, number>();
  return (index, name) => {
    const nth = made.get(name) ?? 0;
    made.set(name, nth + 1);
    const at = clock.now() - startedAt;
    const isMeant = (one: AimedFault): boolean => one.call === name && one.nth === nth;
    const isOut = ({ calls, fromMs, untilMs }: Outage): boolean =>
      name.startsWith(calls) && at >= fromMs && at < untilMs;
    return schedule.get(index) ?? aimed.find(isMeant)?.fault ?? outages.find(isOut)?.fault;
  };
}
