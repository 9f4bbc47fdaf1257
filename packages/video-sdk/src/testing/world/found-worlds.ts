// Worlds that were found by their seed and kept as plans: another planner would draw other worlds from the same numbers. Data.
import type { RandomWorldPlan } from "./random-worlds.ts";

/** What a plan has when nothing is said of it. */
const QUIET = {
  ...{ guarantee: "keyed", fates: ["finish"], jobMs: 1_000, cancelAnswer: "removed", latencyMs: 0, seed: 1 },
  ...{ faults: [], aimed: [], outages: [], actions: [], elsewhere: [] },
} as const satisfies RandomWorldPlan;

/** Worlds in which everything must be right. */
export const FOUND_WORLDS: Readonly<Record<string, RandomWorldPlan>> = {
  "the row's note of the job is lost twice, and the job then fails": {
    ...{ ...QUIET, seed: 88447, fates: [{ fail: "provider-failed" }], cancelAnswer: "requested", latencyMs: 5_000 },
    faults: [
      ...([[25, "request-lost"] as const, [18, "request-lost"] as const, [5, "lands-late"] as const] as const),
      ...([[19, "refused"] as const, [8, "request-lost"] as const] as const),
    ],
    outages: [{ fromMs: 1_737, untilMs: 34_917, calls: "api", fault: "request-lost" }],
    actions: [
      { atMs: 0, action: "generate", tab: 0 },
      { atMs: 7_446, action: "sleep", tab: 0 },
    ],
  },
};
