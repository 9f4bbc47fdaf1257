// The table of the policies: questions per job against the delay until its end is known, over six models, and after a provider has changed.
import { shown, table } from "../table.ts";
import { boundOf, delayAt } from "./bound.ts";
import { createJobs, createRandom, MODEL_TIMES, type ModelTimes } from "./job-durations.ts";
import { POLICIES, type ComparedPolicy, type ModelPolicy } from "./policies.ts";

const ROUND_TRIP_S = 0.1;

interface Seen {
  readonly questions: number;
  /** Undefined: the job was given up while it ran. */
  readonly delayS: number | undefined;
}

/** Runs `jobs` jobs of every model through every policy. */
export function reportPolling(jobs: number, seed: number): string {
  const curves = MODEL_TIMES.map((times, index) => {
    const next = createJobs(times, createRandom(seed * 1_000 + index));
    return boundOf(Array.from({ length: 20_000 }, next));
  });
  const rows = POLICIES.map((policy) => {
    const byModel = MODEL_TIMES.map((times, index) => run(policy, times, { jobs, seed: seed * 1_000 + 500 + index }));
    const all = byModel.flat();
    const delays = all.flatMap(({ delayS }) => delayS ?? []).sort((a, b) => a - b);
    const questions = meanOf(all.map((one) => one.questions));
    const bounds = byModel.map((seen, index) => delayAt(curves[index] ?? [], meanOf(seen.map((one) => one.questions))));
    return [
      policy.id,
      shown(questions),
      shown(meanOf(delays), 2),
      shown(delays[Math.floor(0.95 * delays.length)], 1),
      shown(meanOf(delays) / (meanOf(bounds) + ROUND_TRIP_S / 2), 2),
      shown((100 * (all.length - delays.length)) / all.length),
      shown(meanOf(drift(policy, seed)), 1),
    ];
  });
  const head = ["policy", "questions", "mean delay s", "p95 s", "x bound", "given up while it ran %", "drift s"];
  const note = "Drift: mean delay of jobs 6 to 20 after the provider has become twice as fast.";
  return `## Polling, ${jobs} jobs of each of six models, seed ${seed}\n\n${table(head, rows)}\n\n${note}`;
}

function run(
  policy: ComparedPolicy,
  times: ModelTimes,
  { jobs, seed, speed = () => 1 }: { jobs: number; seed: number; speed?: (job: number) => number },
): readonly Seen[] {
  const random = createRandom(seed);
  const next = createJobs(times, random);
  const model = policy.of({ estimateS: times.middleS * times.estimate, random: createRandom(seed + 7) });
  return Array.from({ length: jobs }, (_, job) => runJob(model, next() * speed(job)));
}

function runJob(policy: ModelPolicy, durationS: number): Seen {
  let [elapsedS, pendingS]: [number, number | undefined] = [ROUND_TRIP_S / 2, undefined];
  for (let attempt = 0; ; attempt++) {
    const waitS = policy.next({ elapsedS, attempt });
    if (waitS === undefined) return { questions: attempt, delayS: undefined };
    const askedS = elapsedS + waitS + ROUND_TRIP_S / 2;
    const answeredS = answerOf(policy, { askedS, durationS });
    elapsedS = answeredS + ROUND_TRIP_S / 2;
    if (durationS > answeredS) {
      pendingS = elapsedS;
      continue;
    }
    policy.ended?.({ elapsedS, pendingS, wasHeld: answeredS - askedS >= 2 });
    const more = policy.more ?? 0;
    return { questions: attempt + 1 + more, delayS: elapsedS + more * ROUND_TRIP_S - durationS };
  }
}

/** When the server answers a question, in seconds of the job. */
function answerOf({ hold }: ModelPolicy, { askedS, durationS }: { askedS: number; durationS: number }): number {
  if (hold === undefined || durationS <= askedS) return askedS;
  const overS = askedS + hold.longestS;
  return durationS > overS ? overS : durationS + hold.noticedS();
}

/** The delays of jobs 6 to 20 after the change, over some runs. */
function drift(policy: ComparedPolicy, seed: number): readonly number[] {
  const [times] = MODEL_TIMES.filter(({ id }) => id === "veo-fast");
  if (times === undefined) return [];
  const speed = (job: number): number => (job < 60 ? 1 : 0.5);
  return Array.from({ length: 20 }, (_, round) => run(policy, times, { jobs: 80, seed: seed * 31 + round, speed }))
    .flatMap((seen) => seen.slice(65, 80))
    .flatMap(({ delayS }) => delayS ?? []);
}

function meanOf(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
}
