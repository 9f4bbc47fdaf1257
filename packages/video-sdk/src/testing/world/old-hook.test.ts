// The app's old client in the same worlds: the checks must find its faults, and none in the engine under the same conditions.
import type { VideoRequest } from "@video-engine/video-models";
import { describe, expect, test } from "vitest";
import { createEngine, type EngineOptions } from "../../engine/create-engine.ts";
import { videoErrorData } from "../../errors.ts";
import type { JobScenario } from "../fake-video-api.ts";
import { answerFirst } from "./__fixtures__/answer-first.ts";
import { openOldHook } from "./__fixtures__/old-hook.ts";
import { checkOf, type CheckId } from "./checks.ts";
import { createWorld, WORLD_REQUEST, type World, type WorldOptions } from "./create-world.ts";
import { fakeBackend } from "./fake-backend.ts";
import type { Outage } from "./fault-schedule.ts";
import { runCrashMatrix, type CrashMatrixFinding } from "./run-crash-matrix.ts";
import type { WorldEngine } from "./tabs.ts";

/** It stores nothing and locks nothing, so there is no record to check and no lock to ask for. */
const unchecked: readonly CheckId[] = ["S3", "S6"];

interface Known {
  readonly fault: string;
  /** What the old client breaks. The engine breaks nothing. */
  readonly broken: readonly CheckId[];
  readonly scenario?: JobScenario;
  readonly outage?: Outage;
  ports?(options: EngineOptions): EngineOptions;
  /** Default: one generation. */
  act?(world: World): Promise<void> | void;
}

const SECOND = 1_000;
/** A minute in which a kind of call is refused for certain. */
const refused = (calls: string): Outage => ({ fromMs: 0, untilMs: 60 * SECOND, calls, fault: "refused" });
/** Starts one, and waits for nothing. */
const generate = (world: World, request: VideoRequest = WORLD_REQUEST): void => void world.engine().generate(request);

const KNOWN: readonly Known[] = [
  {
    fault: "1. a passing 429 on a question ends the job",
    broken: ["L4"],
    ports: (options) => {
      const tooMany = { ok: false, certainty: "not-done", error: videoErrorData("rate-limited") } as const;
      return { ...options, api: { ...options.api, status: answerFirst(options.api.status, tooMany) } };
    },
  },
  {
    fault: "2. nothing survives the app",
    broken: ["L1", "L2", "L3", "L4"],
    async act(world) {
      generate(world);
      await world.clock.advance(10 * SECOND);
      await world.restart();
    },
  },
  {
    fault: "3. a failing capture overwrites the video with an error and releases the credits",
    broken: ["G5"],
    outage: refused("ledger.capture"),
  },
  {
    fault: "3b. a slot that cannot be closed does the same to credits that were captured",
    broken: ["G5", "L1", "S2", "S9"],
    outage: refused("ledger.closeSlot"),
  },
  {
    fault: "4. cancel stops the timer and nothing else",
    broken: ["L1", "L2", "L3", "L4", "L6"],
    async act(world) {
      generate(world);
      await world.clock.advance(10 * SECOND);
      void world.engine().get("generation-1")?.cancel();
    },
  },
  {
    fault: "5. of three clean-ups the first that fails skips the others",
    broken: ["L1", "L2", "L3"],
    scenario: { fail: "provider-failed" },
    outage: refused("ledger.updateRow"),
  },
  {
    fault: "5b. credits that were refused are released",
    broken: ["L1", "S2"],
    outage: refused("ledger.reserve"),
  },
  {
    fault: "6. a second generation takes the first one's place: its cancel stops the second",
    broken: ["L1", "L2", "L3", "L4", "L6"],
    async act(world) {
      generate(world);
      await world.clock.advance(SECOND);
      generate(world);
      await world.clock.advance(SECOND);
      void world.engine().get("generation-1")?.cancel();
    },
  },
  {
    fault: "7. a model without a price is sold for 50 credits",
    broken: ["G9"],
    // As it comes from a picker that is newer than the app.
    act: (world) => generate(world, { ...WORLD_REQUEST, model: "vid-of-tomorrow" as VideoRequest["model"] }),
  },
];

async function brokenBy(open: (options: EngineOptions) => WorldEngine, known: Known): Promise<readonly string[]> {
  const { scenario = "finish", outage, ports = (options) => options, act = generate } = known;
  const options: WorldOptions = {
    unchecked,
    backend: fakeBackend({ scenario, jobMs: 30 * SECOND }),
    outages: outage === undefined ? [] : [outage],
    open: (given) => open(ports(given)),
  };
  const world = createWorld(options);
  await Promise.resolve(act(world));
  const { violations, imbalances } = await world.settle();
  return [...new Set([...violations, ...imbalances].map(checkOf))].sort();
}

describe.each(KNOWN)("$fault", (known) => {
  test("is seen in the old client", async () => {
    expect(await brokenBy(openOldHook, known)).toEqual(known.broken);
  });

  test("is not in the engine", async () => {
    expect(await brokenBy(createEngine, known)).toEqual([]);
  });
});

describe("every fault at every call of the old client", () => {
  test.each<[string, JobScenario, { runs: number; bad: number; by: Record<string, number> }]>([
    ["finishes", "finish", { runs: 55, bad: 43, by: { S2: 14, S9: 7, L1: 24, L2: 13, L3: 8, L4: 11, G5: 10 } }],
    ["fails", { fail: "provider-failed" }, { runs: 43, bad: 32, by: { S2: 8, L1: 24, L2: 18, L3: 15, L4: 5 } }],
  ])("a job that %s: these many runs go wrong, in these ways", async (_, scenario, expected) => {
    const backend = fakeBackend({ scenario, jobMs: SECOND });
    // What it gets wrong by answers alone is enough.
    const { runs, findings } = await runCrashMatrix({ open: openOldHook, unchecked, backend, areLossesThrown: false });
    expect({ runs, bad: findings.length, by: countByCheck(findings) }).toEqual(expected);
  });
});

/** Findings by check. A finding that broke several checks counts for each. */
function countByCheck(findings: readonly CrashMatrixFinding[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { violations, imbalances } of findings) {
    for (const check of new Set([...violations, ...imbalances].map(checkOf))) counts[check] = (counts[check] ?? 0) + 1;
  }
  return counts;
}
