// Every fault and every crash at every call, alone, and a share of them in pairs, against the real engine. All pairs: ONE_OF=1
import type { Guarantee } from "../../ports.ts";
import { describe, expect, test } from "vitest";
import { createPollingPolicy } from "../../core/polling-policy.ts";
import type { JobScenario } from "../fake-video-api.ts";
import { checkOf } from "./checks.ts";
import { fakeBackend } from "./fake-backend.ts";
import { WORLD_CALLS, WORLD_FAULTS } from "./fault-schedule.ts";
import { AT_MOST_ONCE_WINDOWS, type Residual } from "./residual-windows.ts";
import {
  runCrashMatrix,
  type CrashMatrixFinding,
  type CrashMatrixOptions,
  type CrashMatrixReport,
} from "./run-crash-matrix.ts";

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
const met = new Map<string, number>();

async function run(
  guarantee: Guarantee,
  scenario: JobScenario,
  options: CrashMatrixOptions = {},
): Promise<CrashMatrixReport> {
  const backend = fakeBackend({ guarantee, scenario, jobMs: 1_000 });
  const report = await runCrashMatrix({ polling, backend, ...options });
  for (const [where, times] of Object.entries(report.metAt)) met.set(where, (met.get(where) ?? 0) + times);
  return report;
}

const reports = new Map<JobScenario, Promise<CrashMatrixReport>>();

/** Run once, and looked at from three sides. */
function atMostOnce(scenario: JobScenario): Promise<CrashMatrixReport> {
  const report = reports.get(scenario) ?? run("at-most-once", scenario);
  reports.set(scenario, report);
  return report;
}

const violationsIn = (findings: readonly CrashMatrixFinding[]): readonly string[] =>
  findings.flatMap(({ violations }) => violations);
const holdingIn = (findings: readonly CrashMatrixFinding[]): readonly CrashMatrixFinding[] =>
  findings.filter(({ imbalances }) => imbalances.some((sentence) => checkOf(sentence) === "L2"));

describe.each(SCENARIOS)("one fault, a job that %s", (_, scenario) => {
  test("exactly-once: the books balance after every fault and crash", async () => {
    const report = await run("exactly-once", scenario);
    expect(report.findings).toEqual([]);
    expect(report.runs).toBeGreaterThan(100);
    expect(Math.min(...Object.values(report.met))).toBeGreaterThan(20);
  });

  test("at-most-once: nothing is ever charged twice or released twice, and only the listed windows leave anything", async () => {
    const { findings } = await atMostOnce(scenario);
    expect(violationsIn(findings)).toEqual([]);
    expect(findings.map(windowOf).filter((window) => !LISTED.has(window))).toEqual([]);
  });

  test("at-most-once: every user whose credits may still be held is told so", async () => {
    const { findings } = await atMostOnce(scenario);
    const held = holdingIn(findings);
    expect(held.length).toBeGreaterThan(0);
    for (const { settlements } of held) expect(settlements.join()).toMatch(/\/unknown$/);
  });
});

test("at-most-once: every listed window is really there", async () => {
  const all = await Promise.all(SCENARIOS.map(([, scenario]) => atMostOnce(scenario)));
  const seen = new Set(all.flatMap(({ findings }) => findings.map(windowOf)));
  expect([...LISTED].filter((window) => !seen.has(window))).toEqual([]);
});

describe.each(SCENARIOS)("reconciled, a job that %s", (_, scenario) => {
  test("no credits are left held or in doubt: a lost answer is read back from the balance", async () => {
    const report = await run("reconciled", scenario);
    expectReadBack(report);
    expect(report.runs).toBeGreaterThan(100);
  });
});

describe.each(["exactly-once", "at-most-once"] as const)(
  "%s, canceled at every call, with every fault at every call",
  (guarantee) => {
    test("nothing is charged or released twice, and under a key nothing is left", async () => {
      const { findings, runs } = await run(guarantee, "finish", { isCanceled: true, sample: SHARE });
      expect(guarantee === "exactly-once" ? findings : violationsIn(findings)).toEqual([]);
      expect(runs).toBeGreaterThan(3_000 / ONE_OF);
    });
  },
);

describe("two faults", () => {
  test("exactly-once: the books balance after every pair", async () => {
    const { findings, runs } = await run("exactly-once", "finish", { faultsPerRun: 2, sample: SHARE });
    expect(findings).toEqual([]);
    expect(runs).toBeGreaterThan(4_000 / ONE_OF);
  });

  test("reconciled: after every pair no credits are left held or in doubt", async () => {
    const report = await run("reconciled", "finish", { faultsPerRun: 2, sample: SHARE });
    expectReadBack(report);
    expect(report.runs).toBeGreaterThan(4_000 / ONE_OF);
  });

  test("at-most-once: no pair charges twice, releases twice, or pays for two jobs", async () => {
    const { findings, runs } = await run("at-most-once", "finish", { faultsPerRun: 2, sample: SHARE });
    expect(violationsIn(findings)).toEqual([]);
    expect(runs).toBeGreaterThan(4_000 / ONE_OF);
  });
});

describe("an app that saves videos elsewhere", () => {
  const saving = { savesVideos: true };

  test.each(SCENARIOS.slice(0, 2))(
    "exactly-once, one fault, a job that %s: the books balance, and its copy is shown",
    async (_, scenario) => {
      const report = await run("exactly-once", scenario, saving);
      expect(report.findings).toEqual([]);
      expect(report.runs).toBeGreaterThan(100);
    },
  );

  test("at-most-once: no more windows than without it", async () => {
    const { findings } = await run("at-most-once", "finish", saving);
    expect(violationsIn(findings)).toEqual([]);
    expect(findings.map(windowOf).filter((window) => !LISTED.has(window))).toEqual([]);
  });

  test("reconciled: a lost answer is read back from the balance", async () => {
    const report = await run("reconciled", "finish", saving);
    expectReadBack(report);
    expect(report.runs).toBeGreaterThan(100);
  });

  test("exactly-once: the books balance after every pair of faults, and its copy is shown", async () => {
    const { findings, runs } = await run("exactly-once", "immediate", { ...saving, faultsPerRun: 2, sample: SHARE });
    expect(findings).toEqual([]);
    expect(runs).toBeGreaterThan(4_000 / ONE_OF);
  });

  test("exactly-once, canceled at every call, with every fault at every call", async () => {
    const { findings } = await run("exactly-once", "finish", { ...saving, isCanceled: true, sample: SHARE });
    expect(findings).toEqual([]);
  });
});

describe("a backend whose rows can say that their credits came back", () => {
  const refunding = (guarantee: Guarantee, scenario: JobScenario = { fail: "provider-failed" }) => ({
    backend: fakeBackend({ guarantee, scenario, jobMs: 1_000, showsRefunds: true }),
  });

  test.each(SCENARIOS.slice(2))(
    "exactly-once, one fault, a job that %s: a row says so when it is so, and in the end it does",
    async (_, scenario) => {
      const report = await run("exactly-once", scenario, refunding("exactly-once", scenario));
      expect(report.findings).toEqual([]);
      expect(report.runs).toBeGreaterThan(100);
    },
  );

  test.each(["at-most-once", "reconciled"] as const)("%s: no row says so when it is not", async (guarantee) => {
    const { findings, runs } = await run(guarantee, "finish", refunding(guarantee));
    expect(violationsIn(findings)).toEqual([]);
    expect(runs).toBeGreaterThan(100);
  });

  test("exactly-once: the books balance after every pair of faults", async () => {
    const { findings, runs } = await run("exactly-once", "finish", {
      ...refunding("exactly-once"),
      faultsPerRun: 2,
      sample: SHARE,
    });
    expect(findings).toEqual([]);
    expect(runs).toBeGreaterThan(4_000 / ONE_OF);
  });

  test("exactly-once, canceled at every call, with every fault at every call", async () => {
    const { findings } = await run("exactly-once", "finish", {
      ...refunding("exactly-once", "finish"),
      isCanceled: true,
      sample: SHARE,
    });
    expect(findings).toEqual([]);
  });
});

describe("what the runs have met", () => {
  // The matrix' storage keeps a list of its own, which is the harder of the two; random-worlds.test.ts meets both.
  test.each(WORLD_CALLS.filter((call) => call !== "storage.keys"))("%s: every kind of fault", (call) => {
    const times = WORLD_FAULTS.map((fault) => met.get(`${call} ${fault}`) ?? 0);
    expect(Math.min(...times)).toBeGreaterThan(0);
  });
});

function expectReadBack({ findings }: CrashMatrixReport): void {
  expect(violationsIn(findings)).toEqual([]);
  expect(holdingIn(findings)).toEqual([]);
  expect(findings.filter(({ settlements }) => /held|unknown/.test(settlements.join()))).toEqual([]);
}

const LISTED: ReadonlySet<string> = new Set(AT_MOST_ONCE_WINDOWS.map(({ call, residual }) => `${call}: ${residual}`));

const RESIDUALS: Readonly<Record<string, Residual>> = {
  L1: "slot stays taken",
  L2: "credits stay held",
  L3: "row goes on loading",
  L4: "job is orphaned",
};

/** The window of a finding: the call whose outcome is unknown. A fault of the storage, or of the call beside it, also makes the outcome of a money call unknown. */
function windowOf({ faults, imbalances, settlements }: CrashMatrixFinding): string {
  const residuals = imbalances.map((sentence) => RESIDUALS[checkOf(sentence)] ?? sentence);
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
