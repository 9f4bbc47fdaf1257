// The policies that are compared: what each client waits before its next question.
import { defaultPollingPolicy } from "@video-engine/video-sdk";

/** A policy, with what it remembers of one model. Seconds. */
export interface ModelPolicy {
  /** The wait before the next question of one job. Undefined: the job is given up. */
  next(moment: { readonly elapsedS: number; readonly attempt: number }): number | undefined;
  /** A job was seen to end. `pendingS`: when it was last known to run. */
  ended?(job: { readonly elapsedS: number; readonly pendingS: number | undefined }): void;
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

/** The default policy as the engine calls it: `learns` without it is the catalogue alone. */
const ours = (id: string, learns: boolean): ComparedPolicy => ({
  id,
  of({ estimateS, random }) {
    let seenMs: readonly number[] = [];
    const expectedMs = { p50: 1_000 * estimateS, p95: 3_000 * estimateS };
    return {
      next: ({ elapsedS, attempt }) => {
        const job = { model: "vid-veo-3.1", expectedMs, misses: 0, random: random(), seenMs } as const;
        return defaultPollingPolicy({ ...job, attempt, elapsedMs: 1_000 * elapsedS }).waitMs / 1_000;
      },
      ended({ elapsedS, pendingS }) {
        const durationS = pendingS === undefined ? 0.8 * elapsedS : (pendingS + elapsedS) / 2;
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
  ours("this engine, the catalogue alone", false),
  ours("this engine, with the last 32 jobs", true),
];
