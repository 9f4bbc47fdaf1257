// Stores each state before its effects are performed. Holds the one rule for a storage that fails.
import { unconfirmedIn } from "../core/acquiring.ts";
import { backoffMs } from "../core/backoff.ts";
import { isDecided } from "../core/snapshot.ts";
import type { OutsideEffect } from "../core/effect.ts";
import type { GenerationState, GivingUp, Polling } from "../core/state.ts";
import type { VideoPlatform } from "../platform-ports.ts";
import type { Journal } from "./journal.ts";

/** Stores states ahead of their effects, in the given order. */
export interface WriteAhead {
  /** Sends the effects once the state is stored, or refuses them. Never throws. */
  record(state: GenerationState, effects: readonly OutsideEffect[]): void;
  /** Resolves once everything given so far is stored and sent. */
  settled(): Promise<unknown>;
  /** The same, and no write is on its way any more: only then may another driver read the record. */
  idle(): Promise<unknown>;
  /** The last given state, when the storage does not have it. */
  unstored(): GenerationState | undefined;
  /** Stores nothing more. Resolves once the storage is no longer used: only then may another driver read it. */
  stop(): Promise<unknown>;
}

/** Options of `createWriteAhead`. */
export interface WriteAheadOptions {
  readonly journal: Pick<Journal, "record" | "settled">;
  readonly platform: Pick<VideoPlatform, "clock" | "random">;
  /** True when the generation comes from the journal. */
  readonly isFirstStored: boolean;
  /** Performs effects. */
  send(effects: readonly OutsideEffect[]): void;
  /** Called with effects that are not performed, because no record would name them. */
  refuse(effects: readonly OutsideEffect[]): void;
}

const BACKOFF = { firstMs: 1_000, maxMs: 30_000 };

/** How many failures in a row, over about a minute, the storage may have before its generation continues without it. */
const PATIENCE = 7;

/**
 * The first record must be stored, or the generation is refused. After that only questions are sent before their state is stored, because
 * a restart from an older record could take another decision. When the storage fails for longer than a minute, effects that would acquire
 * or pay are refused, and without keys rows and slots are set anyway. Credit calls and keyed calls wait as long as the process lives,
 * because a key is bound to its first arguments.
 */
export function createWriteAhead({ journal, platform, isFirstStored, send, refuse }: WriteAheadOptions): WriteAhead {
  const { clock, random } = platform;
  let hasRecord = isFirstStored;
  let isStopped = false;
  /** Consecutive failures, over all states. */
  let failures = 0;
  let given: GenerationState | undefined;
  let storedState: GenerationState | undefined;
  let wake = (): void => undefined;
  /** Whether effects are held up by the current wait. */
  let isHeldUp = false;
  let last: Promise<unknown> = Promise.resolve();
  /** Given last, while its turn has not come. */
  let queued: Queued | undefined;
  /** Ends when nothing is left of a start that was refused, or of an end that was given up. */
  let tidied: Promise<unknown> | undefined;

  const wait = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      const timer = clock.setTimeout(resolve, ms);
      wake = () => {
        clock.clearTimeout(timer);
        resolve();
      };
    });

  /** Whether a state is retried for its own sake: until a newer one replaces it. A final state, which none replaces, for a minute. */
  const isMissed = (state: GenerationState): boolean => given === state && (failures < PATIENCE || !isDecided(state));

  /** Tried once more when no write is on its way: what was given up may still land, and a later start would go on with it. */
  const tidy = (state: GenerationState): void => {
    const again = async (): Promise<void> => {
      if (given === state && (await journal.record(state))) storedState = state;
    };
    if (isDecided(state)) tidied = journal.settled(state.plan.id).then(again);
  };

  const store = async (state: GenerationState, effects: readonly OutsideEffect[]): Promise<void> => {
    let due = effects;
    while (!isStopped) {
      const isStored = await journal.record(state);
      hasRecord ||= isStored;
      if (isStored) storedState = state;
      failures = isStored ? 0 : failures + 1;
      if (!hasRecord) {
        tidy(state);
        return refuse(due);
      }
      const scenarioOf = (effect: OutsideEffect): Scenario =>
        isStored || isQuestion(effect) ? "sent" : failures < PATIENCE ? "held up" : withoutRecord(effect, state);
      const scenarios = due.map((effect) => ({ effect, scenario: scenarioOf(effect) }));
      const thoseThat = (wanted: Scenario): OutsideEffect[] =>
        scenarios.flatMap(({ effect, scenario }) => (scenario === wanted ? effect : []));
      due = thoseThat("held up");
      send(thoseThat("sent"));
      refuse(thoseThat("refused"));
      if (due.length === 0 && (isStored || !isMissed(state))) return isStored ? undefined : tidy(state);
      isHeldUp = due.length > 0;
      if (!isStopped) await wait(backoffMs(BACKOFF, { attempt: failures, random: random() }));
      if (due.length === 0 && !isMissed(state)) return;
    }
  };

  const idle = (): Promise<unknown> =>
    last.then(() => tidied).then(() => (given === undefined ? undefined : journal.settled(given.plan.id)));

  return {
    record(state, effects) {
      given = state;
      if (!isHeldUp) wake();
      if (queued !== undefined && isSuperseded(queued, state)) {
        queued.effects.push(...effects);
        queued.state = state;
        return;
      }
      const own: Queued = { state, effects: [...effects] };
      queued = own;
      last = last.then(() => {
        if (queued === own) queued = undefined;
        return store(own.state, own.effects);
      });
    },
    settled: () => last,
    idle,
    unstored: () => (given === storedState ? undefined : given),
    stop() {
      isStopped = true;
      wake();
      return idle();
    },
  };
}

interface Queued {
  state: GenerationState;
  readonly effects: OutsideEffect[];
}

/** Settlement steps end on their own, several at a time: a state that waits for its turn and is followed by another one need not be stored. */
function isSuperseded({ state, effects }: Queued, next: GenerationState): boolean {
  return state.name === "settling" && (next.name === "settling" || effects.length === 0);
}

/** Whether a transition must be stored: anything but another question about a job. */
export function isWorthStoring(
  before: GenerationState,
  next: GenerationState,
  effects: readonly OutsideEffect[],
): boolean {
  // A settled step is worth a write: without it, a crash would forget that the credits were released.
  if (next.name === "settling" || before.name !== next.name || effects.some((effect) => !isQuestion(effect)))
    return true;
  if ("poll" in next && "poll" in before && ageOf(next) !== ageOf(before)) return true;
  if ("settlement" in next && "settlement" in before) {
    const isFoundOut = unconfirmedIn(next.held).length !== unconfirmedIn(before.held).length;
    return isFoundOut || next.settlement !== before.settlement || next.undone !== before.undone;
  }
  if (!("isCanceling" in next && "isCanceling" in before)) return false;
  // So is a certain refusal: without it, a crash would leave in doubt whether the credits were reserved.
  const isWaiting = "isWaiting" in next && next.isWaiting;
  return isWaiting !== ("isWaiting" in before && before.isWaiting) || next.isCanceling !== before.isCanceling;
}

/** The age of a job in steps. It is stored now and then, so that it is not forgotten with each process. */
function ageOf({ poll }: Polling | GivingUp): number {
  return Math.floor(poll.activeMs / AGE_STEP_MS);
}

const AGE_STEP_MS = 60_000;

function isQuestion({ type }: OutsideEffect): boolean {
  return type === "check-status" || type === "attach-job" || type === "cancel-job";
}

type Scenario = "sent" | "held up" | "refused";

/** What happens to an effect whose state cannot be stored. */
function withoutRecord({ type }: OutsideEffect, state: GenerationState): Scenario {
  switch (type) {
    case "save-row":
    case "update-row":
    case "mark-row-failed":
    case "mark-refunded":
    case "close-slot":
      return state.plan.guarantee === "exactly-once" ? "held up" : "sent";
    case "capture-credits":
    case "release-credits":
      return "held up";
    default:
      // An unconfirmed call must be asked about: what it acquired must be released.
      return state.name === "settling" || mayHaveHappened(type, state) ? "held up" : "refused";
  }
}

function mayHaveHappened(type: OutsideEffect["type"], state: GenerationState): boolean {
  if (state.name !== "acquiring-both") return "isUnsure" in state && state.isUnsure;
  return Object.entries(state.steps).some(([call, { isUnsure }]) => call === type && isUnsure);
}
