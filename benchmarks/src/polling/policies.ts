// The policies that are compared: what each client waits before its next question.
import { defaultPollingPolicy } from "@video-engine/video-sdk";

/** A policy, with what it remembers of one model. Seconds. */
export interface ModelPolicy {
  /** The wait before the next question of one job. Undefined: the job is given up. */
  next(moment: { readonly elapsedS: number; readonly attempt: number }): number | undefined;
  /** A job was seen to end. `pendingS`: when it was last known to run. */
  ended?(job: { readonly elapsedS: number; readonly pendingS: number | undefined; readonly wasHeld: boolean }): void;
  /** The server holds each question until the job has ended, so long at most. Absent: it answers at once. */
  readonly hold?: undefined | { readonly longestS: number; readonly noticedS: () => number };
  /** Questions beside those of the policy, such as one for the result. */
  readonly more?: number;
}

/** A policy for each model, made new. */
export interface ComparedPolicy {
  readonly id: string;
  of(model: { readonly estimateS: number; readonly random: () => number }): ModelPolicy;
}

const every = (id: string, everyS: number, options: { firstS?: number; limitS?: number; more?: number } = {}) => ({
  id,
  of: (): ModelPolicy => ({
    next: ({ elapsedS, attempt }) =>
      elapsedS > (options.limitS ?? Number.POSITIVE_INFINITY)
        ? undefined
        : attempt === 0
          ? (options.firstS ?? 0)
          : everyS,
    more: options.more ?? 0,
  }),
});

const appHook: ComparedPolicy = {
  id: "the app's hook (2 s x1.5, at most 15 s)",
  of: () => ({ next: ({ attempt }) => Math.min(15, 2 * 1.5 ** attempt) }),
};

/** How long after a job's end the server that holds its question knows, in seconds. */
type HeldBy = (random: () => number) => number;
/** The client's questions are held so long. */
const HELD_S = 24;
/** It asks the provider every second, or the provider calls it. A call of the provider takes so long. */
const byQuestions: HeldBy = (random) => random() + 0.1;
const byWebhook: HeldBy = () => 0.1;

/** The default policy as the engine calls it: `learns` without it is the catalogue alone. */
const ours = (id: string, { learns, hold }: { learns: boolean; hold?: HeldBy }): ComparedPolicy => ({
  id,
  of({ estimateS, random }) {
    let seenMs: readonly number[] = [];
    const expectedMs = { p50: 1_000 * estimateS, p95: 3_000 * estimateS };
    return {
      next: ({ elapsedS, attempt }) => {
        const job = { model: "vid-veo-3.1", expectedMs, misses: 0, random: random(), seenMs } as const;
        const held = hold && (attempt === 0 ? { canHold: true } : { wasHeld: true });
        return defaultPollingPolicy({ ...job, ...held, attempt, elapsedMs: 1_000 * elapsedS }).waitMs / 1_000;
      },
      hold: hold && { longestS: HELD_S, noticedS: () => hold(random) },
      ended({ elapsedS, pendingS, wasHeld }) {
        const betweenS = pendingS === undefined ? 0.8 * elapsedS : (pendingS + elapsedS) / 2;
        const durationS = wasHeld ? elapsedS : betweenS;
        if (learns) seenMs = [...seenMs, 1_000 * durationS].slice(-32);
      },
    };
  },
});

/** All of them, in the order of the table. The peers' intervals and limits are their documented defaults. */
export const POLICIES: readonly ComparedPolicy[] = [
  every("fal.subscribe (500 ms)", 0.5, { more: 1 }),
  every("replicate.run (500 ms)", 0.5),
  every("AI SDK 7 with fal (5 s, given up after 600 s)", 5, { firstS: 5, limitS: 600 }),
  appHook,
  ours("this engine, the catalogue alone", { learns: false }),
  ours("this engine, with the last 32 jobs", { learns: true }),
  ours("held, the catalogue alone, the server asks each second", { learns: false, hold: byQuestions }),
  ours("held, with the last 32 jobs, the server asks each second", { learns: true, hold: byQuestions }),
  ours("held, with the last 32 jobs, a webhook tells the server", { learns: true, hold: byWebhook }),
];
