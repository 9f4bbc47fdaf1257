// Every fault and every crash at every call, alone and in pairs, uncapped, against the real engine.
import { describe, expect, test } from "vitest";
import { createPollingPolicy } from "../../core/polling-policy.ts";
import type { Guarantee } from "../../core/state.ts";
import type { JobFate } from "../fake-video-api.ts";
import { fakeBackend } from "./fake-backend.ts";
import { BLIND_WINDOWS, type Residual } from "./residual-windows.ts";
import { runCrashMatrix, type CrashMatrixFinding } from "./run-crash-matrix.ts";

const FATES: readonly (readonly [string, JobFate])[] = [
  ["finishes", "finish"],
  ["is answered at once", "immediate"],
  ["fails", { fail: "provider-failed" }],
  ["finishes without a video", "empty"],
  ["never ends", "never"],
];

/** Seldom, so that a job that never ends is a run of a few questions. */
const polling = createPollingPolicy({ minWaitMs: 120_000, maxWaitMs: 300_000 });
const world = (guarantee: Guarantee, fate: JobFate) => ({
  polling,
  backend: fakeBackend({ guarantee, fate, jobMs: 1_000 }),
});

describe.each(FATES)("one fault, a job that %s", (_, fate) => {
  test("keyed: the books balance after every fault and crash", async () => {
    const { findings, met, runs } = await runCrashMatrix(world("keyed", fate));
    expect(findings).toEqual([]);
    expect(runs).toBeGreaterThan(100);
    expect(Math.min(...Object.values(met))).toBeGreaterThan(20);
  });

  test("blind: nothing is ever charged twice or given back twice, and only the listed windows leave anything", async () => {
    const { findings } = await runCrashMatrix(world("blind", fate));
    expect(findings.flatMap(({ violations }) => violations)).toEqual([]);
    expect(findings.map(windowOf).filter((window) => !LISTED.has(window))).toEqual([]);
  });

  test("blind: whoever is left with credits that may be held is told so", async () => {
    const { findings } = await runCrashMatrix(world("blind", fate));
    const held = findings.filter(({ imbalances }) => imbalances.some((sentence) => sentence.includes("reserved")));
    expect(held.length).toBeGreaterThan(0);
    for (const { settlements } of held) expect(settlements.join()).toMatch(/\/unknown$/);
  });
});

test("blind: every listed window is really there", async () => {
  const reports = await Promise.all(FATES.map(([, fate]) => runCrashMatrix(world("blind", fate))));
  const seen = new Set(reports.flatMap(({ findings }) => findings.map(windowOf)));
  expect([...LISTED].filter((window) => !seen.has(window))).toEqual([]);
});

describe.each(FATES)("read-back, a job that %s", (_, fate) => {
  test("no credits are left held or in doubt: what nobody heard is read back from the balance", async () => {
    const { findings } = await runCrashMatrix(world("read-back", fate));
    expect(findings.flatMap(({ violations }) => violations)).toEqual([]);
    expect(findings.filter(({ imbalances }) => imbalances.join().includes("reserved"))).toEqual([]);
    expect(findings.filter(({ settlements }) => /held|unknown/.test(settlements.join()))).toEqual([]);
  });
});

describe("two faults", () => {
  test("keyed: the books balance after every pair", async () => {
    const { findings, runs } = await runCrashMatrix({ ...world("keyed", "finish"), faultsPerRun: 2 });
    expect(findings).toEqual([]);
    expect(runs).toBeGreaterThan(4_000);
  }, 300_000);

  test("blind: no pair charges twice, gives back twice, or pays for two jobs", async () => {
    const { findings, runs } = await runCrashMatrix({ ...world("blind", "finish"), faultsPerRun: 2 });
    expect(findings.flatMap(({ violations }) => violations)).toEqual([]);
    expect(runs).toBeGreaterThan(4_000);
  }, 300_000);
});

const LISTED: ReadonlySet<string> = new Set(BLIND_WINDOWS.map(({ call, residual }) => `${call}: ${residual}`));

const RESIDUALS: readonly (readonly [RegExp, Residual])[] = [
  [/^slot .* active$/, "slot stays taken"],
  [/credits are still reserved$/, "credits stay held"],
  [/^row .* loading$/, "row goes on loading"],
  [/^job .* for nobody$/, "job runs for nobody"],
];

/** The window a finding belongs to: the call whose outcome nobody knows. A fault of the storage, or of the call beside it, makes the outcome of a money call unknown too. */
function windowOf({ faults, imbalances, settlements }: CrashMatrixFinding): string {
  const residuals = imbalances.map(
    (sentence) => RESIDUALS.find(([pattern]) => pattern.test(sentence))?.[1] ?? sentence,
  );
  const [fault = ""] = faults;
  const named = /^(?:after )?((?:ledger|api)\.\w+)/.exec(fault)?.[1] ?? "";
  const isMoneyDoubt = residuals.includes("credits stay held") && named !== "ledger.reserveCredits";
  const call = isMoneyDoubt
    ? settlements.join().startsWith("completed")
      ? "ledger.captureCredits"
      : "ledger.releaseCredits"
    : named;
  return `${call}: ${residuals.join(", ")}`;
}
