// Worlds that were found by their seed and kept as plans: of rows that are marked once their credits came back, and of rows that are deleted. Data.
import type { RandomWorldPlan } from "./plan-random-world.ts";

/** Worlds in which everything must be right. */
export const FOUND_WORLDS_OF_ROWS: Readonly<Record<string, RandomWorldPlan>> = {
  "a row that says that its credits came back, whose answer is lost while another start wants its lock": {
    seed: 49025,
    guarantee: "reconciled",
    scenarios: ["immediate"],
    jobMs: 90000,
    cancelAnswer: "too-late",
    latencyMs: 500,
    faults: [
      [22, "answer-lost"],
      [21, "lands-late"],
      [0, "refused"],
      [52, "request-lost"],
      [52, "answer-lost"],
      [15, "crash-before"],
    ],
    aimed: [
      {
        call: "ledger.acquireSlot",
        nth: 1,
        fault: "answer-lost",
      },
      {
        call: "app.saveVideos",
        nth: 0,
        fault: "lands-late",
      },
      {
        call: "app.saveVideos",
        nth: 1,
        fault: "crash-before",
      },
      {
        call: "app.saveVideos",
        nth: 2,
        fault: "request-lost",
      },
      {
        call: "app.saveVideos",
        nth: 3,
        fault: "crash-before",
      },
      {
        call: "app.saveVideos",
        nth: 4,
        fault: "refused",
      },
      {
        call: "app.saveVideos",
        nth: 5,
        fault: "refused",
      },
      {
        call: "app.saveVideos",
        nth: 6,
        fault: "crash-before",
      },
      {
        call: "app.saveVideos",
        nth: 7,
        fault: "request-lost",
      },
      {
        call: "app.saveVideos",
        nth: 8,
        fault: "request-lost",
      },
      {
        call: "app.saveVideos",
        nth: 9,
        fault: "answer-lost",
      },
      {
        call: "app.saveVideos",
        nth: 10,
        fault: "crash-after",
      },
      {
        call: "app.saveVideos",
        nth: 11,
        fault: "crash-before",
      },
    ],
    outages: [],
    actions: [
      {
        atMs: 3337443,
        action: "generate",
        tab: 1,
      },
      {
        atMs: 2671352,
        action: "cancel",
        tab: 1,
      },
      {
        atMs: 13883,
        action: "kill",
        tab: 0,
      },
      {
        atMs: 3165466,
        action: "detach",
        tab: 0,
      },
      {
        atMs: 300000,
        action: "resume",
        tab: 0,
      },
      {
        atMs: 300000,
        action: "reconcile",
        tab: 0,
      },
      {
        atMs: 7200000,
        action: "resume",
        tab: 0,
      },
      {
        atMs: 7200000,
        action: "reconcile",
        tab: 0,
      },
    ],
    otherDevice: [
      {
        atMs: 686855,
        heldMs: 386042,
        credits: 208,
        end: "capture",
      },
    ],
    canListKeys: false,
    hazards: [],
    areJobsKept: true,
    areFailedRowsDeleted: false,
    showsRefunds: true,
    holdMs: 0,
    savesVideos: true,
  },
  "a canceled generation whose row is deleted, and a job that made its video all the same": {
    seed: 33599,
    guarantee: "exactly-once",
    scenarios: ["finish"],
    jobMs: 2400000,
    cancelAnswer: "too-late",
    latencyMs: 500,
    faults: [
      [18, "request-lost"],
      [17, "lands-late"],
      [14, "request-lost"],
      [20, "lands-late"],
      [12, "lands-late"],
      [23, "crash-after"],
      [28, "crash-before"],
      [9, "crash-after"],
      [16, "crash-before"],
    ],
    aimed: [],
    outages: [],
    actions: [
      {
        atMs: 0,
        action: "generate",
        tab: 0,
      },
      {
        atMs: 27432,
        action: "sleep",
        tab: 0,
      },
      {
        atMs: 828,
        action: "resume",
        tab: 0,
      },
      {
        atMs: 300000,
        action: "resume",
        tab: 0,
      },
      {
        atMs: 300000,
        action: "reconcile",
        tab: 0,
      },
      {
        atMs: 7200000,
        action: "resume",
        tab: 0,
      },
      {
        atMs: 7200000,
        action: "reconcile",
        tab: 0,
      },
    ],
    otherDevice: [],
    canListKeys: true,
    hazards: [],
    areJobsKept: false,
    areFailedRowsDeleted: true,
    showsRefunds: true,
    holdMs: 24000,
    savesVideos: true,
  },
};
