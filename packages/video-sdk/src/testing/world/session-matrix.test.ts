// The crash matrix once more on functions that take no key, behind a deployment that removes repeats by the numbers of calls. All pairs: ONE_OF=1
import { describe, expect, test } from "vitest";
import { createPollingPolicy } from "../../core/polling-policy.ts";
import type { JobScenario } from "../fake-video-api.ts";
import { checkOf } from "./checks.ts";
import { fakeBackend, type FakeBackendOptions } from "./fake-backend.ts";
import { planRandomWorld } from "./plan-random-world.ts";
import { runRandomWorld } from "./random-worlds.ts";
import { runCrashMatrix, type CrashMatrixFinding, type CrashMatrixOptions } from "./run-crash-matrix.ts";
import { wrongIn } from "./wrong-in.ts";

const SCENARIOS: readonly (readonly [string, JobScenario])[] = [
  ["finishes", "finish"],
  ["is answered at once", "immediate"],
  ["fails", { fail: "provider-failed" }],
  ["finishes without a video", "empty"],
  ["never ends", "never"],
];

/** Seldom, so that a job that never ends is a run of a few questions. */
const polling = createPollingPolicy({ minWaitMs: 120_000, maxWaitMs: 300_000 });
/** One of this many pairs and of those with a cancel: `npm run nightly` has all of them. A prime, so that every call meets every fault. */
const ONE_OF = Number(process.env["ONE_OF"] ?? 7);
const SHARE = { every: ONE_OF, offset: 0 };

function run(backend: FakeBackendOptions, options: CrashMatrixOptions = {}) {
  const sessions = fakeBackend({ jobMs: 1_000, guarantee: "exactly-once", numbersCalls: true, ...backend });
  return runCrashMatrix({ polling, backend: sessions, ...options });
}

/** What is left by anything but an unconfirmed submit, which is not Convex's. */
const besideTheSubmit = (findings: readonly CrashMatrixFinding[]): readonly CrashMatrixFinding[] =>
  findings.filter(
    ({ violations, imbalances, faults }) =>
      violations.length > 0 ||
      imbalances.some((sentence) => checkOf(sentence) !== "L4") ||
      !faults.some((fault) => fault.includes("api.submit")),
  );

describe.each(SCENARIOS)("one fault, a job that %s", (_, scenario) => {
  test("with a repeatable route nothing is left", async () => {
    const { findings, runs, met } = await run({ scenario });
    expect(findings).toEqual([]);
    expect(runs).toBeGreaterThan(100);
    expect(Math.min(...Object.values(met))).toBeGreaterThan(20);
  });

  test("without one only the window of the submit is", async () => {
    const { findings } = await run({ scenario, isSubmitRepeatable: false });
    expect(findings.length).toBeGreaterThan(0);
    expect(besideTheSubmit(findings)).toEqual([]);
  });
});

describe("two faults", () => {
  test("with a repeatable route nothing is left by any pair", async () => {
    const { findings, runs } = await run({}, { faultsPerRun: 2, sample: SHARE });
    expect(findings).toEqual([]);
    expect(runs).toBeGreaterThan(10_000 / ONE_OF);
  });

  test("without one only the window of the submit is", async () => {
    const { findings, runs } = await run({ isSubmitRepeatable: false }, { faultsPerRun: 2, sample: SHARE });
    expect(besideTheSubmit(findings)).toEqual([]);
    expect(runs).toBeGreaterThan(7_000 / ONE_OF);
  });
});

test("canceled at every call, with every fault at every call: nothing is left", async () => {
  const { findings, runs } = await run({}, { isCanceled: true, sample: SHARE });
  expect(findings).toEqual([]);
  expect(runs).toBeGreaterThan(3_000 / ONE_OF);
});

test.each([
  ["an app that saves videos elsewhere", {}, { savesVideos: true }],
  ["rows that say that their credits came back", { showsRefunds: true, scenario: { fail: "provider-failed" } }, {}],
  [
    "rows that are deleted when they have failed",
    { areFailedRowsDeleted: true, scenario: { fail: "provider-failed" } },
    {},
  ],
] as const)("%s: nothing is left", async (_, backend, options) => {
  const { findings, runs } = await run(backend, options);
  expect(findings).toEqual([]);
  expect(runs).toBeGreaterThan(100);
});

test("random worlds: nothing happens that must not, and nothing is left that is not listed", async () => {
  for (let seed = 0; seed < 300; seed++) {
    const report = await runRandomWorld({ ...planRandomWorld(seed, "exactly-once"), numbersCalls: true });
    expect([seed, wrongIn(report)]).toEqual([seed, []]);
  }
});

test.each([1839, 2055, 3233])(
  "world %i: a step asked for by a clock that was ahead is done once that time has come",
  async (seed) => {
    const plan = { ...planRandomWorld(seed, "exactly-once"), numbersCalls: true };
    expect(wrongIn(await runRandomWorld(plan))).toEqual([]);
  },
);
