// What a stored state means after its process has died: the outcome of every call in flight is unknown. Pure.
import type { VideoErrorData } from "../errors.ts";
import { videoErrorData } from "../errors.ts";
import { settleAgain } from "./ended.ts";
import type { GenerationEvent, EventPayload } from "./event.ts";
import { mayBeAgain } from "./failed-step.ts";
import type {
  AcquiringBoth,
  GenerationPlan,
  GenerationState,
  GivingUp,
  Polling,
  Preparing,
  Settling,
} from "./state.ts";
import type { SettlementStep, SettlementSteps, StepProgress } from "./settlement-steps.ts";
import { savingAgain } from "./saving-videos.ts";
import { openSlotOf } from "./snapshot.ts";
import type { Rules, TransitionResult } from "./transition-result.ts";
import { transition } from "./transition.ts";
import { resumeUploading } from "./uploading.ts";

/** A start found after this long is canceled, not continued: the user no longer waits for that video. */
export const STALE_START_MS = 15 * 60_000;

/** How long a submit may be repeated under its key. The route stores answers for a day; half of that allows for a wrong clock. */
export const SUBMIT_KEY_KEPT_MS = 12 * 60 * 60_000;

/** When a state is resumed, and a random number for it. */
export type Moment = Pick<GenerationEvent, "at" | "random">;

/**
 * The state to continue from, and its first effects. A final state with nothing left to settle has no effects. Tries start again at zero:
 * a failure while the app was closing proves nothing about now.
 */
export function resume(state: GenerationState, moment: Moment, rules: Rules): TransitionResult {
  const result = resumed(state, moment, rules);
  return rules.numberCalls?.(result, moment) ?? result;
}

function resumed(state: GenerationState, moment: Moment, rules: Rules): TransitionResult {
  switch (state.name) {
    case "uploading":
      return moment.at - state.plan.createdAt > STALE_START_MS
        ? replay(state, [{ type: "cancel-requested" }], { moment, rules })
        : resumeUploading(state);
    case "acquiring-both":
      return resumeBoth(state, moment, rules);
    case "acquiring-slot":
    case "reserving-credits":
    case "creating-session":
    case "recording":
    case "submitting": {
      const isWaiting = state.isWaiting && !isLost(state.plan, OWN_EFFECTS[state.name], state);
      const start = freshOrCanceling({ ...state, isWaiting, tries: Math.min(state.tries, 1) }, moment.at);
      return replay(start, [interrupted(start)], { moment, rules });
    }
    case "polling":
    case "giving-up":
      return resumePolling(state, moment, rules);
    case "settling":
      return resumeSettling(state, moment, rules);
    case "watching": {
      const again = settleAgain(state, moment.at, rules);
      if (again[0] !== state) return again;
      return replay({ ...state, isAsking: false }, [{ type: "wait-elapsed", key: "poll" }], { moment, rules });
    }
    case "completed":
    case "failed":
    case "canceled":
      return settleAgain(state, moment.at, rules);
  }
}

/** Whether a stored state still has work left, now or once more is known. */
export function isUnfinished(state: GenerationState): boolean {
  return (
    !("settlement" in state) ||
    state.name === "watching" ||
    state.undone !== undefined ||
    state.settlement === "held" ||
    state.settlement === "unknown" ||
    openSlotOf(state) !== undefined
  );
}

const OWN_EFFECTS = {
  "acquiring-slot": "acquire-slot",
  "reserving-credits": "reserve-credits",
  "creating-session": "create-session",
  recording: "record-row",
  submitting: "submit-job",
} as const satisfies Record<Preparing["name"], string>;

const NOT_HEARD: VideoErrorData = videoErrorData("unreachable", {
  message: "The app was closed before the answer came.",
});

/**
 * A stale start, or one whose image was given as bytes (never stored), is only continued to release what it acquired. Its submit is not
 * repeated without the image, nor after the route may have forgotten the first one: that would create a second paid job.
 */
function freshOrCanceling(state: Preparing, at: number): Preparing {
  const { plan } = state;
  const ageMs = at - plan.createdAt;
  const isImageLost = isImageLostIn(plan);
  if (!isPast(plan, at)) return state;
  const isSubmitRepeatable = plan.isSubmitRepeatable && !isImageLost && ageMs <= SUBMIT_KEY_KEPT_MS;
  const isLost = state.name === "submitting" && state.isUnsure && !isSubmitRepeatable;
  return { ...state, plan: { ...plan, isSubmitRepeatable }, isCanceling: true, isWaiting: state.isWaiting && !isLost };
}

function isPast(plan: GenerationPlan, at: number): boolean {
  return isImageLostIn(plan) || at - plan.createdAt > STALE_START_MS;
}

function isImageLostIn({ request }: GenerationPlan): boolean {
  return request.mode === "image-to-video" && request.attachmentImageUrl === undefined;
}

/** A cancel comes first: then only a call that may have happened is sent again. */
function resumeBoth(state: AcquiringBoth, moment: Moment, rules: Rules): TransitionResult {
  const { plan } = state;
  const steps = anew(plan, state.steps);
  const cancel: readonly EventPayload[] = isPast(plan, moment.at) ? [{ type: "cancel-requested" }] : [];
  return replay({ ...state, steps }, [...cancel, ...interruptedSteps({ steps })], { moment, rules });
}

/** An engine of another kind than the one that sent it does not repeat a call that may have happened: it is as if its answer had never come. */
function isLost(plan: GenerationPlan, call: string, { isUnsure }: Pick<StepProgress, "isUnsure">): boolean {
  return isUnsure && !mayBeAgain(plan, call);
}

/** The same steps, with their attempts counted anew. */
function anew<Steps extends SettlementSteps>(plan: GenerationPlan, steps: Steps): Steps {
  const entries = Object.entries<StepProgress>(steps).map(([step, progress]) => {
    const status = progress.status === "waiting" && isLost(plan, step, progress) ? "running" : progress.status;
    return [step, { ...progress, status, tries: Math.min(progress.tries, 1), refusals: undefined }];
  });
  return Object.fromEntries(entries) as Steps; // the same keys
}

function interrupted(state: Preparing): EventPayload {
  // Nothing is in flight or unconfirmed: a canceled start must not send its next attempt first.
  if (state.isWaiting && state.isCanceling && !state.isUnsure) return { type: "cancel-requested" };
  if (state.isWaiting) return { type: "wait-elapsed", key: "retry" };
  const { attempt } = state;
  return { type: "effect-failed", effect: OWN_EFFECTS[state.name], attempt, certainty: "unknown", error: NOT_HEARD };
}

/**
 * Asks the open question again, with any cancel that may be lost. A job that was being given up is also asked about first: its overdue
 * answers are as old as the crash, and it may have finished since.
 */
function resumePolling(state: Polling | GivingUp, moment: Moment, rules: Rules): TransitionResult {
  // The timer of the wait has died with its process, so that it proves no time.
  const poll = {
    ...state.poll,
    isAsking: false,
    cancelTries: 0,
    isSignedOut: false,
    waitMs: 0,
    isWoken: undefined,
  } as const;
  const silent: Polling = { ...state, name: "polling", poll };
  return replay(silent, [{ type: "wait-elapsed", key: "poll" }], { moment, rules });
}

function resumeSettling(state: Settling, moment: Moment, rules: Rules): TransitionResult {
  const again = savingAgain({ ...state, steps: anew(state.plan, state.steps) }, rules);
  return replay(again, interruptedSteps(again), { moment, rules });
}

/** A copy may be what has ended the process, so that it was cut off is no want of a network. */
function interruptionOf(step: SettlementStep): VideoErrorData {
  return step === "save-videos" ? videoErrorData("internal") : NOT_HEARD;
}

function interruptedSteps({ steps }: Pick<Settling, "steps">): readonly EventPayload[] {
  return Object.entries(steps).flatMap(([step, { status, attempt }]): readonly EventPayload[] => {
    const key = step as keyof typeof steps; // the keys of this record are its type's
    if (status === "waiting") return [{ type: "wait-elapsed", key }];
    return status === "running"
      ? [{ type: "effect-failed", effect: key, attempt, certainty: "unknown", error: interruptionOf(key) }]
      : [];
  });
}

function replay(
  state: GenerationState,
  payloads: readonly EventPayload[],
  { moment, rules }: { moment: Moment; rules: Rules },
): TransitionResult {
  return payloads.reduce<TransitionResult>(
    ([current, effects], payload) => {
      const [next, more] = transition(current, { ...payload, ...moment }, rules);
      return [next, [...effects, ...more]];
    },
    [state, []],
  );
}
