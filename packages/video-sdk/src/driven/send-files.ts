// Sends the files of a request before it is started elsewhere: by the machine's own first state, so that repeats, limits and a cancel are the same.
import { isDecided, snapshotOf, type GenerationSnapshot } from "../core/snapshot.ts";
import type { EventPayload } from "../core/event.ts";
import type { Effect, OutsideEffect } from "../core/effect.ts";
import type { GenerationPlan, GenerationState } from "../core/state.ts";
import type { Rules, TransitionResult } from "../core/transition-result.ts";
import { transition } from "../core/transition.ts";
import { failureOf } from "../engine/perform-effect.ts";
import type { FileUploads } from "../file-ports.ts";
import type { VideoPlatform } from "../platform-ports.ts";

/** The sending of one request's files. */
export interface SendingFiles {
  cancel(): void;
  /** Stops. Nothing is told any more. */
  stop(): void;
}

/** What sending needs, and whom it tells. */
export interface SendFilesOptions {
  readonly first: TransitionResult;
  readonly rules: Rules;
  readonly uploads: FileUploads;
  readonly platform: Pick<VideoPlatform, "clock" | "random">;
  onShown(snapshot: GenerationSnapshot): void;
  /** All files are there: the plan's request has their URLs. */
  onSent(plan: GenerationPlan): void;
}

/** Sends them. A request without files is told as sent at once. */
export function sendFiles({ first, rules, uploads, platform, onShown, onSent }: SendFilesOptions): SendingFiles {
  const { clock, random } = platform;
  const [aborting, timers] = [new AbortController(), new Set<unknown>()];
  let [state, isOver] = [first[0] as GenerationState, false];

  const stop = (): void => {
    isOver = true;
    aborting.abort();
    for (const timer of timers) clock.clearTimeout(timer);
  };
  const dispatch = (payload: EventPayload): void => {
    if (isOver) return;
    const [next, effects] = transition(state, { ...payload, at: clock.now(), random: random() }, rules);
    goOn(next, effects);
  };
  const goOn = (next: GenerationState, effects: readonly Effect[]): void => {
    state = next;
    if (next.name === "uploading" || isDecided(next)) onShown(snapshotOf(next));
    if (next.name === "uploading") return effects.forEach(carryOut);
    stop();
    // A canceled or failed upload has ended; anything else is the first call, which the other side makes.
    if (!isDecided(next)) onSent(next.plan);
  };
  const carryOut = (effect: Effect): void => {
    if (effect.type === "upload-file") void upload(effect);
    else if (effect.type === "wait") wait(effect.key, effect.until);
  };
  const wait = (key: Extract<Effect, { type: "wait" }>["key"], until: number): void => {
    const elapsed = (): void => {
      timers.delete(timer);
      dispatch({ type: "wait-elapsed", key });
    };
    const timer = clock.setTimeout(elapsed, Math.max(0, until - clock.now()));
    timers.add(timer);
  };
  const upload = async (effect: Extract<OutsideEffect, { type: "upload-file" }>): Promise<void> => {
    const { attempt, fileId, stored } = effect;
    const onProgress = (progress: { sentBytes: number; totalBytes: number | undefined }): void =>
      dispatch({ type: "file-progress", attempt, fileId, ...progress });
    const result = await uploads.upload({ fileId, stored, signal: aborting.signal, onProgress });
    dispatch(result.ok ? { type: "file-uploaded", attempt, fileId, url: result.value } : failureOf(effect, result));
  };

  goOn(...first);
  return { cancel: () => dispatch({ type: "cancel-requested" }), stop };
}
