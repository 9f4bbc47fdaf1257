// What is about to be done is stored before it is done, state by state. Holds the one rule for a storage that would not.
import { backoffMs } from "../core/backoff.ts";
import { isDecided } from "../core/snapshot.ts";
import type { OutsideEffect } from "../core/effect.ts";
import type { GenerationState } from "../core/state.ts";
import type { VideoPlatform } from "../ports.ts";
import type { Journal } from "./journal.ts";

/** Stores states ahead of their effects, in the order in which they were given. */
export interface WriteAhead {
  /** Sends the effects once the state is stored, or refuses them. Never throws. */
  record(state: GenerationState, effects: readonly OutsideEffect[]): void;
  /** Resolves once everything that was given so far is stored and sent. */
  settled(): Promise<unknown>;
  /** The last state that was given, when the storage does not have it. */
  unstored(): GenerationState | undefined;
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

/** Times in a row that the storage may fail, over about a minute, before its generation does without. */
const PATIENCE = 7;

/**
 * The first record must be stored, or the generation is refused. After that nothing but a question is sent before its state is stored:
 * whatever starts again from an older record may decide otherwise. When the storage fails for longer than a minute, what would acquire
 * or pay is refused, and without keys rows and slots are set all the same; credits, and everything under a key, which belongs to the
 * arguments it came with first, wait for as long as the process lives.
 */
export function createWriteAhead({ journal, platform, isFirstStored, send, refuse }: WriteAheadOptions): WriteAhead {
  const { clock, random } = platform;
  let hasRecord = isFirstStored;
  let isStopped = false;
  /** In a row, over all states. */
  let failures = 0;
  let given: GenerationState | undefined;
  let storedState: GenerationState | undefined;
  let wake = (): void => undefined;
  /** Whether effects wait for what is waited for. */
  let isHeldUp = false;
  let last: Promise<unknown> = Promise.resolve();

  const wait = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      const timer = clock.setTimeout(resolve, ms);
      wake = () => {
        clock.clearTimeout(timer);
        resolve();
      };
    });

  /** Whether a state is tried again for its own sake: until a newer one takes its place, and a last word, which none follows, for a minute. */
  const isMissed = (state: GenerationState): boolean => given === state && (failures < PATIENCE || !isDecided(state));

  const store = async (state: GenerationState, effects: readonly OutsideEffect[]): Promise<void> => {
    let due = effects;
    while (!isStopped) {
      const isStored = await journal.record(state);
      hasRecord ||= isStored;
      if (isStored) storedState = state;
      failures = isStored ? 0 : failures + 1;
      if (!hasRecord) return refuse(due);
      const scenarioOf = (effect: OutsideEffect): Scenario =>
        isStored || isQuestion(effect) ? "sent" : failures < PATIENCE ? "held up" : withoutRecord(effect, state);
      const scenarios = due.map((effect) => ({ effect, scenario: scenarioOf(effect) }));
      const thoseThat = (wanted: Scenario): OutsideEffect[] =>
        scenarios.flatMap(({ effect, scenario }) => (scenario === wanted ? effect : []));
      due = thoseThat("held up");
      send(thoseThat("sent"));
      refuse(thoseThat("refused"));
      if (due.length === 0 && (isStored || !isMissed(state))) return;
      isHeldUp = due.length > 0;
      if (!isStopped) await wait(backoffMs(BACKOFF, { attempt: failures, random: random() }));
      if (due.length === 0 && !isMissed(state)) return;
    }
  };

  return {
    record(state, effects) {
      given = state;
      if (!isHeldUp) wake();
      last = last.then(() => store(state, effects));
    },
    settled: () => last,
    unstored: () => (given === storedState ? undefined : given),
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
  if ("settlement" in next && "settlement" in before) {
    return next.settlement !== before.settlement || next.undone !== before.undone;
  }
  if (!("isCanceling" in next && "isCanceling" in before)) return false;
  // So is a certain refusal: without it, a crash would leave it open whether the credits were reserved.
  const isWaiting = "isWaiting" in next && next.isWaiting;
  return isWaiting !== ("isWaiting" in before && before.isWaiting) || next.isCanceling !== before.isCanceling;
}

function isQuestion({ type }: OutsideEffect): boolean {
  return type === "check-status" || type === "attach-job" || type === "cancel-job";
}

type Scenario = "sent" | "held up" | "refused";

/** What becomes of an effect whose state the storage will not take. */
function withoutRecord({ type }: OutsideEffect, state: GenerationState): Scenario {
  switch (type) {
    case "save-row":
    case "mark-row-failed":
    case "close-slot":
      return state.plan.guarantee === "exactly-once" ? "held up" : "sent";
    case "capture-credits":
    case "release-credits":
      return "held up";
    default:
      // One that was sent before, unconfirmed, has to be asked about: what it brought must be given back.
      return state.name === "settling" || ("isUnsure" in state && state.isUnsure) ? "held up" : "refused";
  }
}
