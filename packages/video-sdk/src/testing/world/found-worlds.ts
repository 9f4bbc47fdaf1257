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
  "a start that nobody lists holds credits, when records are written side by side": {
    seed: 5697,
    guarantee: "keyed",
    fates: ["finish", "finish", "finish", "finish", "immediate"],
    jobMs: 90000,
    cancelAnswer: "unsupported",
    latencyMs: 5000,
    faults: [
      [36, "lands-late"],
      [15, "refused"],
      [2, "answer-lost"],
    ],
    aimed: [{ call: "ledger.recordRow", nth: 0, fault: "crash-after" }],
    outages: [],
    actions: [
      { atMs: 0, action: "generate", tab: 1 },
      { atMs: 1909117, action: "generate", tab: 0 },
      { atMs: 53971, action: "generate", tab: 0 },
      { atMs: 0, action: "generate", tab: 1 },
      { atMs: 0, action: "generate", tab: 0 },
      { atMs: 26558, action: "reopen", tab: 1 },
      { atMs: 79591, action: "kill", tab: 1 },
      { atMs: 300000, action: "resume", tab: 0 },
      { atMs: 300000, action: "reconcile", tab: 0 },
      { atMs: 7200000, action: "resume", tab: 0 },
      { atMs: 7200000, action: "reconcile", tab: 0 },
    ],
    elsewhere: [
      { atMs: 96587, heldMs: 1590581, credits: 130, end: "capture" },
      { atMs: 1534806, heldMs: 25690, credits: 130, end: "release" },
      { atMs: 25871, heldMs: 3268751, credits: 130, end: "capture" },
      { atMs: 10821, heldMs: 26952, credits: 156, end: "release" },
    ],
  },
  "a canceled start whose record lands after its end, when records are written side by side": {
    seed: 8281,
    guarantee: "keyed",
    fates: ["finish", "never", "finish", { fail: "provider-failed" }, "finish"],
    jobMs: 1000,
    cancelAnswer: "requested",
    latencyMs: 5000,
    faults: [
      [111, "answer-lost"],
      [87, "request-lost"],
      [18, "crash-after"],
    ],
    aimed: [],
    outages: [{ fromMs: 1495, untilMs: 3021, calls: "ledger", fault: "request-lost" }],
    actions: [
      { atMs: 0, action: "generate", tab: 1 },
      { atMs: 0, action: "generate", tab: 1 },
      { atMs: 442973, action: "generate", tab: 0 },
      { atMs: 0, action: "generate", tab: 0 },
      { atMs: 7152, action: "generate", tab: 1 },
      { atMs: 302, action: "cancel", tab: 0 },
      { atMs: 1628, action: "cancel", tab: 0 },
      { atMs: 3443856, action: "cancel", tab: 0 },
      { atMs: 300000, action: "resume", tab: 0 },
      { atMs: 300000, action: "reconcile", tab: 0 },
      { atMs: 7200000, action: "resume", tab: 0 },
      { atMs: 7200000, action: "reconcile", tab: 0 },
    ],
    elsewhere: [],
  },
  "a failed start that is stored as a start again, when records are written side by side": {
    seed: 16257,
    guarantee: "keyed",
    fates: ["finish", "finish"],
    jobMs: 20000,
    cancelAnswer: "requested",
    latencyMs: 5000,
    faults: [
      [93, "request-lost"],
      [64, "refused"],
      [111, "refused"],
      [102, "request-lost"],
      [49, "request-lost"],
    ],
    aimed: [
      { call: "api.cancel", nth: 0, fault: "lands-late" },
      { call: "storage.removeItem", nth: 0, fault: "refused" },
    ],
    outages: [{ fromMs: 279, untilMs: 33604, calls: "ledger", fault: "refused" }],
    actions: [
      { atMs: 1644, action: "generate", tab: 0 },
      { atMs: 80313, action: "generate", tab: 1 },
      { atMs: 122506, action: "resume", tab: 1 },
      { atMs: 10363, action: "reopen", tab: 1 },
      { atMs: 140248, action: "reopen", tab: 0 },
      { atMs: 300000, action: "resume", tab: 0 },
      { atMs: 300000, action: "reconcile", tab: 0 },
      { atMs: 7200000, action: "resume", tab: 0 },
      { atMs: 7200000, action: "reconcile", tab: 0 },
    ],
    elsewhere: [
      { atMs: 3080, heldMs: 120036, credits: 156, end: "capture" },
      { atMs: 1489, heldMs: 1485557, credits: 130, end: "capture" },
      { atMs: 16091, heldMs: 67838, credits: 156, end: "release" },
      { atMs: 82549, heldMs: 12998, credits: 156, end: "capture" },
    ],
  },
};
