// A user with hundreds of generations at once, whose app dies in the middle of them: what a busy day with a bad network is. Uses no test runner.
import { createPollingPolicy } from "../../core/polling-policy.ts";
import type { Guarantee } from "../../ports.ts";
import { createSeededRandom } from "../seeded-random.ts";
import { createWorld, WORLD_REQUEST } from "./create-world.ts";
import { fakeBackend } from "./fake-backend.ts";
import { WORLD_FAULTS, type FaultSchedule } from "./fault-schedule.ts";

/** Options of a crowd. */
export interface CrowdOptions {
  readonly guarantee: Guarantee;
  /** How many generations. They are started over ten seconds. */
  readonly count: number;
  readonly seed: number;
  /** How many calls meet a fault, a death of the app among them. */
  readonly faults: number;
}

/** How it ended. */
export interface CrowdReport {
  /** What must never happen, and did; under exactly-once also what is not settled. */
  readonly wrong: readonly string[];
  readonly crashes: number;
  /** How often each end was announced, such as `completed/captured`. */
  readonly ends: Readonly<Record<string, number>>;
  /** The most questions about jobs within a second. */
  readonly mostQuestions: number;
}

const SECOND = 1_000;
/** A generation makes about so many calls. */
const CALLS = 14;

/** Runs a crowd to its end. The same seed gives the same run. */
export async function runCrowd({ guarantee, count, seed, faults }: CrowdOptions): Promise<CrowdReport> {
  const random = createSeededRandom(seed);
  const anyOf = <T>(all: readonly T[]): T => all[Math.floor(random() * all.length)] as T; // none of them is empty
  const schedule: FaultSchedule = new Map(
    Array.from({ length: faults }, () => [Math.floor(random() * count * CALLS), anyOf(WORLD_FAULTS)] as const),
  );
  const asked: number[] = [];
  const world = createWorld({
    schedule,
    seed,
    polling: createPollingPolicy({ minWaitMs: 10 * SECOND, maxWaitMs: 60 * SECOND }),
    latencyMs: (share) => Math.round(share * 50),
    backend: fakeBackend({ guarantee, credits: 1_000 * count, slots: count }),
    onCall: ({ name }) => (name.startsWith("api.status") ? void asked.push(world.clock.now()) : undefined),
  });
  for (let started = 0; started < count; started++) {
    const start = (): void => void world.engine().generate(WORLD_REQUEST);
    world.clock.setTimeout(start, Math.round((started * 10 * SECOND) / count));
  }
  const end = await world.settle();
  const ends: Record<string, number> = {};
  for (const said of end.announced.values())
    for (const { status, settlement } of said) {
      const name = `${status}/${settlement}`;
      ends[name] = (ends[name] ?? 0) + 1;
    }
  const wrong = guarantee === "exactly-once" ? [...end.violations, ...end.imbalances] : end.violations;
  return { wrong, crashes: end.crashes, ends, mostQuestions: mostWithinSecond(asked) };
}

function mostWithinSecond(times: readonly number[]): number {
  let [most, from] = [0, 0];
  for (const [at, time] of times.entries()) {
    while ((times[from] ?? 0) <= time - SECOND) from += 1;
    most = Math.max(most, at - from + 1);
  }
  return most;
}
