// The loop: an event comes in, the core returns state and effects, the state is stored, effects go out, answers come back. Decides nothing.
import type { Effect, OutsideEffect } from "../core/effect.ts";
import type { EventPayload } from "../core/event.ts";
import { isDecided, type GenerationSnapshot } from "../core/snapshot.ts";
import { isUnfinished } from "../core/resume.ts";
import { endBeforeStart } from "../core/settling.ts";
import type { GenerationState, Verdict } from "../core/state.ts";
import type { Rules, TransitionResult } from "../core/transition-result.ts";
import { transition } from "../core/transition.ts";
import type { VideoErrorData } from "../errors.ts";
import type { VideoPlatform } from "../ports.ts";
import type { DoubtedLifecycle } from "./doubted-lifecycle.ts";
import { reportOf, type GenerationReport } from "./engine-event.ts";
import { createInFlightCalls, type InFlightCalls } from "./in-flight-calls.ts";
import type { Observable } from "../observable.ts";
import type { PerformEffect } from "./perform-effect.ts";
import { createShownSnapshot } from "./shown-snapshot.ts";
import { createWaitTimers, type WaitTimers } from "./wait-timers.ts";
import { isWorthStoring, type WriteAhead, type WriteAheadOptions } from "./write-ahead.ts";

/** Runs one generation. */
export interface GenerationRunner {
  readonly snapshot: Observable<GenerationSnapshot>;
  /** Performs the first effects. A runner is either started once, or refused. */
  start(): void;
  /** Ends a new generation before any call was made for it. */
  refuse(error: VideoErrorData): void;
  dispatch(payload: EventPayload): void;
  /** Shows the preview image of a finished video. */
  preview(previewImage: string): void;
  /** Whether nothing is unanswered, and the storage has all of it. */
  isIdle(): boolean;
  /** Whether steps are under way, first or once more. */
  isSettling(): boolean;
  /** Resolves once everything that has happened so far is stored. */
  stored(): Promise<unknown>;
  /** Whether something is left to settle, now or with the next start, or the storage has an older state. */
  isOpen(): boolean;
  /** The final state, when the storage did not accept it. */
  unstored(): GenerationState | undefined;
  /** Stops timers and questions, and ignores later answers. Settles nothing. Resolves once the storage is no longer used. */
  detach(): Promise<unknown>;
}

/** Options of a runner. */
export interface RunnerOptions {
  readonly first: TransitionResult;
  readonly rules: Rules;
  readonly perform: PerformEffect;
  readonly platform: Pick<VideoPlatform, "clock" | "random">;
  /** Reports when calls must pause. Left out: never. */
  readonly lifecycle?: DoubtedLifecycle | undefined;
  /** Stores states ahead of their effects. Left out: nothing survives the process. */
  readonly storeAhead?:
    | ((calls: Pick<WriteAheadOptions, "isFirstStored" | "send" | "refuse">) => WriteAhead)
    | undefined;
  /** The stored state, when the generation comes from the journal. */
  readonly resumedFrom?: GenerationState | undefined;
  onEvent(report: GenerationReport): void;
  /** Called once, when nothing more can happen here. */
  onEnded(): void;
}

/** A runner for one generation. Does nothing before `start`. */
export function createGenerationRunner(options: RunnerOptions): GenerationRunner {
  const { rules, perform, platform, lifecycle, resumedFrom, onEvent, onEnded } = options;
  let [state] = options.first;
  const [clock, getPause] = [platform.clock, () => lifecycle?.getPause()];
  // The outcome of a resumed generation is announced once it is stored, like every outcome.
  const shown = resumedFrom !== undefined && isDecided(state) ? resumedFrom : state;
  let [stopListening, seq, isStarted, isDetached] = [(): void => undefined, 0, false, false];

  const timers = createWaitTimers({ clock, lifecycle, onElapsed: (key) => dispatch({ type: "wait-elapsed", key }) });
  const calls = createInFlightCalls(perform, (payload) => dispatch(payload));
  const writeAhead = options.storeAhead?.({ ...calls, isFirstStored: resumedFrom !== undefined });
  const view = createShownSnapshot({ first: state, shown, clock, calls, getPause, stored: writeAhead?.settled });
  const { snapshot } = view;

  const carryOut = (before: GenerationState, next: GenerationState, effects: readonly Effect[]): void => {
    const outside = effects.flatMap((effect) => startWait(effect, timers, calls));
    if (writeAhead !== undefined && isWorthStoring(before, next, outside)) writeAhead.record(next, outside);
    else calls.send(outside);
  };

  const dispatch = (payload: EventPayload): void => {
    if (isDetached) return;
    if (!isStarted && resumedFrom === undefined)
      return payload.type === "cancel-requested" ? endUnstarted(CANCEL) : undefined;
    const [at, before] = [clock.now(), state];
    const [next, effects] = transition(state, { ...payload, at, random: platform.random() }, rules);
    state = next;
    if (next !== before || effects.length > 0) carryOut(before, next, effects);
    if (next !== before) view.show(state);
    if (next === before && isOver(before)) return;
    onEvent(reportOf(payload, { state: next, seq: ++seq, at }));
    if (next !== before) endIfOver();
  };

  const stored = (): Promise<unknown> => writeAhead?.settled() ?? Promise.resolve();

  const endUnstarted = (verdict: Verdict): void => {
    if (isDetached || isStarted) return;
    isStarted = true;
    [state] = endBeforeStart(state.plan, verdict, clock.now());
    view.show(state);
    onEnded();
  };

  const endIfOver = (): void => {
    if (!isOver(state)) return;
    stopListening();
    // The last record is written first: a lock released earlier would let another driver read the older record.
    void (writeAhead?.idle() ?? stored()).then(onEnded);
  };

  const onLifecycle = (): void => {
    timers.release();
    if (lifecycle?.getPause() === undefined) dispatch({ type: "woken" });
    if (!isDecided(state)) view.show(state);
  };

  return {
    snapshot,
    start() {
      if (isDetached || isStarted) return;
      isStarted = true;
      stopListening = lifecycle?.subscribe(onLifecycle) ?? stopListening;
      carryOut(resumedFrom ?? state, state, options.first[1]);
      view.show(state);
      endIfOver();
    },
    refuse: (error) => endUnstarted({ kind: "fail", error }),
    dispatch,
    isIdle: () => calls.isIdle() && writeAhead?.unstored() === undefined,
    isSettling: () => state.name === "settling",
    preview: (previewImage) => snapshot.set({ ...snapshot.get(), previewImage }),
    stored,
    isOpen: () => isUnfinished(state) || writeAhead?.unstored() !== undefined,
    unstored: () => (isOver(state) ? writeAhead?.unstored() : undefined),
    detach() {
      isDetached = true;
      stopListening();
      view.stop();
      timers.stop();
      calls.end();
      return writeAhead?.stop() ?? Promise.resolve();
    },
  };
}

const CANCEL: Verdict = { kind: "cancel" };

/** Starts or stops waits. Returns the effects that are calls to a port. */
function startWait(
  effect: Effect,
  timers: WaitTimers,
  calls: Pick<InFlightCalls, "callOff">,
): readonly OutsideEffect[] {
  if (effect.type === "wait") timers.start(effect.key, effect.until);
  else if (effect.type === "stop-waiting") {
    timers.stop();
    calls.callOff();
  } else return [effect];
  return [];
}

/** Decided, and no longer watched for a late video. */
function isOver(state: GenerationState): boolean {
  return isDecided(state) && state.name !== "watching" && state.name !== "settling";
}
