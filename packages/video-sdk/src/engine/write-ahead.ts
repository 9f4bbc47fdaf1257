// What is about to be done is stored before it is done, state by state. Holds the one rule for a storage that would not.
import { backoffMs } from "../core/backoff.ts";
import type { GenerationState } from "../core/state.ts";
import type { VideoPlatform } from "../ports.ts";
import type { Journal } from "./journal.ts";
import type { OutsideEffect } from "./perform-effect.ts";

/** Stores states ahead of their effects, in the order in which they were given. */
export interface WriteAhead {
  /** Sends the effects once the state is stored, or refuses them. Never throws. */
  record(state: GenerationState, effects: readonly OutsideEffect[]): void;
  /** Resolves once everything that was given so far is stored and sent. */
  settled(): Promise<unknown>;
  /** Stores nothing more. Resolves once the storage is let alone: only then may another driver read it. */
  stop(): Promise<unknown>;
}

/** What it needs. */
export interface WriteAheadOptions {
  readonly journal: Pick<Journal, "record">;
  readonly platform: Pick<VideoPlatform, "clock" | "random">;
  /** True when the generation comes from the journal. */
  readonly isFirstStored: boolean;
  /** Performs effects. */
  send(effects: readonly OutsideEffect[]): void;
  /** Hears of effects that are not performed, because nothing would know of them. */
  refuse(effects: readonly OutsideEffect[]): void;
}

const BACKOFF = { firstMs: 1_000, maxMs: 30_000 };

/**
 * The first record must be stored, or the generation is refused. After that whatever is not stored waits, for as long as the process
 * lives. Questions do not wait, nor does what may be set twice: rows and slots, but for a keyed backend, where a key belongs to the
 * arguments it came with first, and whatever starts again from an older record might decide otherwise.
 */
export function createWriteAhead({ journal, platform, isFirstStored, send, refuse }: WriteAheadOptions): WriteAhead {
  const { clock, random } = platform;
  let hasRecord = isFirstStored;
  let isStopped = false;
  let wake = (): void => undefined;
  let last: Promise<unknown> = Promise.resolve();

  const wait = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      const timer = clock.setTimeout(resolve, ms);
      wake = () => {
        clock.clearTimeout(timer);
        resolve();
      };
    });

  const store = async (state: GenerationState, effects: readonly OutsideEffect[]): Promise<void> => {
    let due = effects;
    for (let attempt = 1; !isStopped; attempt++) {
      const isStored = await journal.record(state);
      hasRecord ||= isStored;
      if (!hasRecord) return refuse(due);
      const mayGo = (effect: OutsideEffect): boolean =>
        isStored || isQuestion(effect) || (state.plan.guarantee !== "keyed" && isSetting(effect));
      send(due.filter(mayGo));
      due = due.filter((effect) => !mayGo(effect));
      if (due.length === 0) return;
      if (!isStopped) await wait(backoffMs(BACKOFF, { attempt, random: random() }));
    }
  };

  return {
    record(state, effects) {
      last = last.then(() => store(state, effects));
    },
    settled: () => last,
    stop() {
      isStopped = true;
      wake();
      return last;
    },
  };
}

/** Whether a transition has to be stored: anything but another question about a job. */
export function isWorthStoring(
  before: GenerationState,
  next: GenerationState,
  effects: readonly OutsideEffect[],
): boolean {
  // A step that was settled is worth a write: without it, a crash would forget that the credits were given back.
  if (next.name === "settling" || before.name !== next.name || effects.some((effect) => !isQuestion(effect)))
    return true;
  if ("settlement" in next && "settlement" in before) return next.settlement !== before.settlement;
  if (!("isCanceling" in next && "isCanceling" in before)) return false;
  // So is a certain refusal: without it, a crash would leave it open whether the credits were reserved.
  const isWaiting = "isWaiting" in next && next.isWaiting;
  return isWaiting !== ("isWaiting" in before && before.isWaiting) || next.isCanceling !== before.isCanceling;
}

function isQuestion({ type }: OutsideEffect): boolean {
  return type === "check-status" || type === "attach-job" || type === "cancel-job";
}

function isSetting({ type }: OutsideEffect): boolean {
  return type === "save-row" || type === "mark-row-failed" || type === "close-slot";
}
