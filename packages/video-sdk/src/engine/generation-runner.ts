// The loop: an event comes in, the core returns state and effects, the state is stored, effects go out, answers come back. Decides nothing.
import type { Effect, OutsideEffect, WaitKey } from "../core/effect.ts";
import type { EventPayload } from "../core/event.ts";
import { isDecided } from "../core/snapshot.ts";
import { isUnfinished } from "../core/resume.ts";
import { endBeforeStart } from "../core/settling.ts";
import type { GenerationState, Verdict } from "../core/state.ts";
import { transition } from "../core/transition.ts";
import type { VideoErrorData } from "../errors.ts";
import type { Clock, PauseReason } from "../platform-ports.ts";
import type { DoubtedLifecycle } from "./doubted-lifecycle.ts";
import { reportOf, type GenerationReport } from "./engine-event.ts";
import { InFlightCalls, type CallOwner } from "./in-flight-calls.ts";
import type { PerformEffect } from "./perform-effect.ts";
import type { RunnerOptions, RunnerStart } from "./runner-options.ts";
import { ShownSnapshot, type SnapshotOwner } from "./shown-snapshot.ts";
import { WaitTimers, type WaitOwner } from "./wait-timers.ts";
import { isWorthStoring, type WriteAhead } from "./write-ahead.ts";

/**
 * Runs one generation. Does nothing before `start`. An app may have thousands, so this and its parts are classes: each costs its fields, and
 * no closures.
 */
export abstract class GenerationRunner implements WaitOwner, CallOwner, SnapshotOwner {
  declare readonly view: ShownSnapshot;
  declare readonly calls: InFlightCalls;
  declare readonly writeAhead: WriteAhead | undefined;
  declare private readonly options: RunnerOptions;
  declare private readonly timers: WaitTimers;
  declare private readonly isResumed: boolean;
  declare private state: GenerationState;
  /** Undefined once it has been started, or refused. */
  declare private unstarted: RunnerStart | undefined;
  declare private seq: number;
  declare private isDetached: boolean;
  declare private stopListening: (() => void) | undefined;

  constructor(options: RunnerOptions, start: RunnerStart) {
    const { resumedFrom } = start;
    this.options = options;
    this.unstarted = start;
    this.isResumed = resumedFrom !== undefined;
    this.state = start.first[0];
    this.seq = 0;
    this.isDetached = false;
    this.stopListening = undefined;
    this.timers = new WaitTimers(this);
    this.calls = new InFlightCalls(this);
    this.writeAhead = options.storeAhead?.({
      isFirstStored: this.isResumed,
      send: (effects) => this.calls.send(effects),
      refuse: (effects) => this.calls.refuse(effects),
    });
    // The outcome of a resumed generation is announced once it is stored, like every outcome.
    const shown = resumedFrom !== undefined && isDecided(this.state) ? resumedFrom : this.state;
    this.view = new ShownSnapshot(this, { first: this.state, shown });
  }

  /** Called after each change of the snapshot. */
  abstract onShown(): void;
  /** Called with each event. */
  abstract onReport(report: GenerationReport): void;
  /** Called when nothing more can happen here; again, when a late answer has opened and ended it once more. */
  abstract onEnded(): void;

  get id(): string {
    return this.state.plan.id;
  }

  get clock(): Clock {
    return this.options.platform.clock;
  }

  get lifecycle(): DoubtedLifecycle | undefined {
    return this.options.lifecycle;
  }

  get perform(): PerformEffect {
    return this.options.perform;
  }

  getPause(): PauseReason | undefined {
    return this.options.lifecycle?.getPause();
  }

  onElapsed(key: WaitKey): void {
    this.dispatch({ type: "wait-elapsed", key });
  }

  onStalled(): void {
    this.view.look();
  }

  /** Performs the first effects. A runner is either started once, or refused. */
  start(): void {
    const { unstarted } = this;
    if (this.isDetached || unstarted === undefined) return;
    this.unstarted = undefined;
    this.stopListening = this.lifecycle?.subscribe(() => this.onLifecycle());
    this.options.holds.note(this.state);
    this.carryOut(unstarted.resumedFrom ?? this.state, this.state, unstarted.first[1]);
    this.view.show(this.state);
    this.endIfOver();
  }

  /** Ends a new generation before any call was made for it. */
  refuse(error: VideoErrorData): void {
    this.endUnstarted({ kind: "fail", error });
  }

  dispatch(payload: EventPayload): void {
    if (this.isDetached) return;
    if (this.unstarted !== undefined && !this.isResumed)
      return payload.type === "cancel-requested" ? this.endUnstarted(CANCEL) : undefined;
    const { platform, rules } = this.options;
    const before = this.state;
    const at = platform.clock.now();
    const result = transition(before, { ...payload, at, random: platform.random() }, rules);
    const next = result[0];
    const effects = result[1];
    this.state = next;
    if (next !== before) this.options.holds.note(next);
    if (next !== before || effects.length > 0) this.carryOut(before, next, effects);
    if (next !== before) this.view.show(next);
    if (next === before && isOver(before)) return;
    this.onReport(reportOf(payload, { state: next, seq: ++this.seq, at }));
    if (next !== before) this.endIfOver();
  }

  /** Shows the preview image of a finished video. */
  preview(previewImage: string): void {
    this.view.set({ ...this.view.get(), previewImage });
  }

  /** Whether nothing is unanswered, and the storage has all of it. */
  isIdle(): boolean {
    return this.calls.isIdle() && this.writeAhead?.unstored() === undefined;
  }

  /** Whether steps are under way, first or once more. */
  isSettling(): boolean {
    return this.state.name === "settling";
  }

  /** Resolves once everything that has happened so far is stored. */
  stored(): Promise<unknown> {
    return this.writeAhead?.settled() ?? Promise.resolve();
  }

  /** Whether something is left to settle, now or with the next start, or the storage has an older state. */
  isOpen(): boolean {
    return isUnfinished(this.state) || this.writeAhead?.unstored() !== undefined;
  }

  /** The final state, when the storage did not accept it. */
  unstored(): GenerationState | undefined {
    return isOver(this.state) ? this.writeAhead?.unstored() : undefined;
  }

  /** Stops timers and questions, and ignores later answers. Settles nothing. Resolves once the storage is no longer used. */
  stop(): Promise<unknown> {
    this.isDetached = true;
    this.options.holds.forget(this.id);
    this.stopListening?.();
    this.view.stop();
    this.timers.stop();
    this.calls.end();
    return this.writeAhead?.stop() ?? Promise.resolve();
  }

  private carryOut(before: GenerationState, next: GenerationState, effects: readonly Effect[]): void {
    const { writeAhead } = this;
    for (const effect of effects) if (!isOutside(effect)) this.startOrStopWaits(effect);
    const outside = effects.every(isOutside) ? effects : effects.filter(isOutside);
    if (writeAhead !== undefined && isWorthStoring(before, next, outside)) writeAhead.record(next, outside);
    else this.calls.send(outside);
  }

  private startOrStopWaits(effect: Exclude<Effect, OutsideEffect>): void {
    if (effect.type === "wait") return this.timers.start(effect.key, effect.until);
    this.timers.stop();
    this.calls.callOff();
  }

  private endUnstarted(verdict: Verdict): void {
    if (this.isDetached || this.unstarted === undefined) return;
    this.unstarted = undefined;
    [this.state] = endBeforeStart(this.state.plan, verdict, this.clock.now());
    this.view.show(this.state);
    this.onEnded();
  }

  private endIfOver(): void {
    if (!isOver(this.state)) return;
    this.stopListening?.();
    // The last record is written first: a lock released earlier would let another driver read the older record.
    void (this.writeAhead?.idle() ?? Promise.resolve()).then(() => this.onEnded());
  }

  private onLifecycle(): void {
    // First: a question that a held timer sends now needs none after it.
    if (this.getPause() === undefined) this.dispatch({ type: "woken" });
    this.timers.release();
    if (!isDecided(this.state)) this.view.show(this.state);
  }
}

const CANCEL: Verdict = { kind: "cancel" };

/** Whether an effect is a call to a port. Any other starts or stops waits. */
function isOutside(effect: Effect): effect is OutsideEffect {
  return effect.type !== "wait" && effect.type !== "stop-waiting";
}

/** Decided, and no longer watched for a late video. */
function isOver(state: GenerationState): boolean {
  return isDecided(state) && state.name !== "watching" && state.name !== "settling";
}
