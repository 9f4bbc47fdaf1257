// Many users for years of simulated time, or for real hours: prints what came of them, and fails when anything was wrong or memory grew.
//   node --expose-gc --conditions=@video-engine/source packages/video-sdk/scripts/soak.ts [--users 50] [--years 3 | --hours 24]
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { createPollingPolicy } from "../src/core/polling-policy.ts";
import { systemPlatform } from "../src/platform/system.ts";
import { createTestClock } from "../src/testing/test-clock.ts";
import { startSoak, type Soak, type SoakOptions } from "../src/testing/world/run-soak.ts";

const { values } = parseArgs({
  options: { users: { type: "string", default: "50" }, years: { type: "string" }, hours: { type: "string" } },
});

const SECOND = 1_000;
const HOUR = 3_600 * SECOND;
const DAY = 24 * HOUR;
const MEBIBYTE = 2 ** 20;
/** What memory may grow by between the second and the last fifth of the run. */
const MOST_GROWTH = 0.05;

const shared = { users: Number(values.users), faultRate: 0.05 };
const heap: number[] = [];
const startedAt = performance.now();
const soak = values.hours === undefined ? await simulate(Number(values.years ?? 3)) : await live(Number(values.hours));
report(soak);

/** Years of simulated time: a generation a day and user, jobs of ten minutes. */
async function simulate(years: number): Promise<Soak> {
  const clock = createTestClock();
  const started = startSoak({
    ...shared,
    clock,
    everyMs: DAY,
    jobMs: 600 * SECOND,
    latencyMs: 2 * SECOND,
    awayMs: 2 * HOUR,
    cancelAnswer: "requested",
    polling: createPollingPolicy({ minWaitMs: 60 * SECOND, maxWaitMs: 300 * SECOND }),
  });
  const days = Math.round(years * 365);
  for (let day = 0; day < days; day++) {
    await clock.advance(DAY);
    if (day % 30 === 0) measure();
  }
  const finished = started.finish();
  while (clock.pending > 0) await clock.advance(clock.nextDelayMs);
  await finished;
  console.log(`${shared.users} users, ${years} years of simulated time`);
  return started;
}

/** Real hours: a generation every ten seconds and user, jobs of three seconds. */
async function live(hours: number): Promise<Soak> {
  const options: SoakOptions = {
    ...shared,
    clock: systemPlatform.clock,
    everyMs: 10 * SECOND,
    jobMs: 3 * SECOND,
    latencyMs: 200,
    awayMs: 5 * SECOND,
    cancelAnswer: "removed",
    polling: (situation) => ({
      waitMs: 1_000 * (1 + situation.random),
      isSlow: situation.elapsedMs > 10 * SECOND,
      // A job that never ends is given up after half a minute.
      isOverdue: situation.elapsedMs > 30 * SECOND,
    }),
  };
  const started = startSoak(options);
  const until = performance.now() + hours * HOUR;
  while (performance.now() < until) {
    await sleep(Math.min(60 * SECOND, (hours * HOUR) / 50));
    measure();
  }
  await started.finish();
  console.log(`${shared.users} users, ${hours} real hours`);
  return started;
}

function measure(): void {
  globalThis.gc?.();
  heap.push(process.memoryUsage().heapUsed);
}

function report(finished: Soak): void {
  const { ends, wrong, ...counts } = finished.figures();
  for (const [what, count] of Object.entries({ ...counts, ...ends })) console.log(`${what}: ${count}`);
  const fifth = Math.max(1, Math.floor(heap.length / 5));
  const [early, late] = [meanOf(heap.slice(fifth, 2 * fifth)), meanOf(heap.slice(-fifth))];
  const growth = late / early - 1;
  const mebibytes = [early, late].map((bytes) => (bytes / MEBIBYTE).toFixed(1));
  console.log(`heap after collection: ${mebibytes.join(" MiB early, ")} MiB late (${(100 * growth).toFixed(1)} %)`);
  console.log(`wrong: ${wrong.length}`);
  for (const sentence of wrong.slice(0, 50)) console.log(sentence);
  console.log(`${Math.round((performance.now() - startedAt) / SECOND)} s`);
  if (globalThis.gc === undefined) console.log("Without --expose-gc the heap says nothing.");
  process.exitCode = wrong.length === 0 && growth <= MOST_GROWTH ? 0 : 1;
}

function meanOf(numbers: readonly number[]): number {
  return numbers.reduce((sum, one) => sum + one, 0) / numbers.length;
}
