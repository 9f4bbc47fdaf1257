// The calls of one generation that are in flight: sends effects, passes on their answers, and aborts what can be aborted. Decides nothing.
import type { OutsideEffect } from "../core/effect.ts";
import type { EventPayload } from "../core/event.ts";
import { videoErrorData } from "../errors.ts";
import { failureOf, type PerformEffect, type PerformOptions } from "./perform-effect.ts";

/** Whose calls they are. */
export interface CallOwner {
  readonly perform: PerformEffect;
  /** Called with each answer, and with upload progress. */
  dispatch(payload: EventPayload): void;
}

/** Sends effects and receives their answers. */
export class InFlightCalls {
  declare private readonly owner: CallOwner;
  declare private out: readonly OutsideEffect[];
  /** Made when a call asks for it, and forgotten when none is out: most of its time a generation waits. */
  declare private open: AbortController | undefined;
  declare private isEnded: boolean;

  constructor(owner: CallOwner) {
    this.owner = owner;
    this.out = NONE;
    this.open = undefined;
    this.isEnded = false;
  }

  send(effects: readonly OutsideEffect[]): void {
    if (this.isEnded) return;
    for (const effect of effects) {
      this.out = this.out.concat(effect);
      void this.owner.perform(effect, new OpenCall(this)).then((answer) => this.answered(effect, answer));
    }
  }

  private answered(effect: OutsideEffect, answer: EventPayload): void {
    this.out = this.out.length === 1 ? NONE : this.out.filter((one) => one !== effect);
    if (this.out.length === 0) this.open = undefined;
    this.tell(answer);
  }

  /** Passes on an answer, or the progress of an upload. */
  tell(payload: EventPayload): void {
    if (!this.isEnded) this.owner.dispatch(payload);
  }

  /** Aborted by the next `callOff`. */
  signal(): AbortSignal {
    this.open ??= new AbortController();
    return this.open.signal;
  }

  /** Whether the paid call was sent and is not answered yet. */
  isSubmitOut(): boolean {
    return this.out.some(({ type }) => type === "submit-job");
  }

  /** The same of a capture or a release. */
  isMoneyOut(): boolean {
    return this.out.some(({ type }) => type === "capture-credits" || type === "release-credits");
  }

  /** Whether none is unanswered. */
  isIdle(): boolean {
    return this.out.length === 0;
  }

  /** Reports effects as not performed, because the storage would have no record of them. */
  refuse(effects: readonly OutsideEffect[]): void {
    const failure = { certainty: "not-done", error: videoErrorData("storage-failed") } as const;
    for (const effect of effects) this.tell(failureOf(effect, failure));
  }

  /** Aborts open questions and uploads. Later ones may be sent. */
  callOff(): void {
    this.open?.abort();
    this.open = undefined;
  }

  /** The same for good: nothing is sent and no answer is received any more. */
  end(): void {
    this.isEnded = true;
    this.callOff();
  }
}

const NONE: readonly OutsideEffect[] = [];

/** One call. Its signal is made when it is first asked for, because most calls cannot be aborted. */
class OpenCall implements PerformOptions {
  declare private readonly calls: InFlightCalls;
  declare private own: AbortSignal | undefined;

  constructor(calls: InFlightCalls) {
    this.calls = calls;
    this.own = undefined;
  }

  get signal(): AbortSignal {
    this.own ??= this.calls.signal();
    return this.own;
  }

  onProgress(payload: EventPayload): void {
    this.calls.tell(payload);
  }
}
