// What a stored state means after its process has died: whatever was in flight has an outcome nobody knows. Pure.
import type { VideoErrorData } from "../errors.ts";
import { videoErrorData } from "../errors.ts";
import { settleAgain } from "./ended.ts";
import type { GenerationEvent, EventPayload } from "./event.ts";
import type { GenerationState, GivingUp, Polling, Preparing, Settling } from "./state.ts";
import type { Rules, TransitionResult } from "./transition-result.ts";
import { transition } from "./transition.ts";
import { resumeUploading } from "./uploading.ts";

/** A start that is found again after this long is canceled instead of continued: nobody waits for that video any more. */
export const STALE_START_MS = 15 * 60_000;

/** How long a submit may be repeated under its key. Our route keeps its answers for a day; half of it leaves room for a clock that is wrong. */
export const SUBMIT_KEY_KEPT_MS = 12 * 60 * 60_000;

/** When a state is taken up again, and a number drawn for it. */
export type Moment = Pick<GenerationEvent, "at" | "random">;

/**
 * The state to go on from, and what to do first. A final state with nothing left to settle gives nothing to do. Attempts are counted anew:
 * what failed while the app was closing says nothing of now.
 */
export function resume(state: GenerationState, moment: Moment, rules: Rules): TransitionResult {
  switch (state.name) {
    case "uploading":
      return moment.at - state.plan.createdAt > STALE_START_MS
        ? replay(state, [{ type: "cancel-requested" }], { moment, rules })
        : resumeUploading(state);
    case "acquiring-slot":
    case "reserving-credits":
    case "creating-session":
    case "recording":
    case "submitting": {
      const start = freshOrCanceling({ ...state, tries: Math.min(state.tries, 1) }, moment.at);
      return replay(start, [interrupted(start)], { moment, rules });
    }
    case "polling":
    case "giving-up":
      return resumePolling(state, moment, rules);
    case "settling":
      return replay(withAttemptsAnew(state), interruptedSteps(state), { moment, rules });
    case "watching": {
      const again = settleAgain(state, moment.at);
      if (again[0] !== state) return again;
      return replay({ ...state, isAsking: false }, [{ type: "wait-elapsed", key: "poll" }], { moment, rules });
    }
    case "completed":
    case "failed":
    case "canceled":
      return settleAgain(state, moment.at);
  }
}

/** Whether a stored state still has something to be done for it, now or once it is known what happened. */
export function isUnfinished(state: GenerationState): boolean {
  return (
    !("settlement" in state) ||
    state.name === "watching" ||
    state.undone !== undefined ||
    state.settlement === "held" ||
    state.settlement === "unknown"
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
 * A start that is stale, or whose image was given as bytes, which are not stored, is only asked about to give back what it took. Its submit
 * is not repeated without the image, nor when the route may have forgotten the first one: that would be another paid job.
 */
function freshOrCanceling(state: Preparing, at: number): Preparing {
  const { plan } = state;
  const ageMs = at - plan.createdAt;
  const isImageLost = plan.request.mode === "image-to-video" && plan.request.attachmentImageUrl === undefined;
  if (!isImageLost && ageMs <= STALE_START_MS) return state;
  const isSubmitRepeatable = plan.isSubmitRepeatable && !isImageLost && ageMs <= SUBMIT_KEY_KEPT_MS;
  const isLost = state.name === "submitting" && state.isUnsure && !isSubmitRepeatable;
  return { ...state, plan: { ...plan, isSubmitRepeatable }, isCanceling: true, isWaiting: state.isWaiting && !isLost };
}

function interrupted(state: Preparing): EventPayload {
  // Nothing is out and nothing can have happened unseen: a start that is over must not send its next attempt first.
  if (state.isWaiting && state.isCanceling && !state.isUnsure) return { type: "cancel-requested" };
  if (state.isWaiting) return { type: "wait-elapsed", key: "retry" };
  const { attempt } = state;
  return { type: "effect-failed", effect: OWN_EFFECTS[state.name], attempt, certainty: "unknown", error: NOT_HEARD };
}

/**
 * What was being asked is asked again; a cancel that may not have been heard goes with it. A job that was being given up is asked about
 * first, too: the answers that it was overdue by are as old as the crash, and it may have finished since.
 */
function resumePolling(state: Polling | GivingUp, moment: Moment, rules: Rules): TransitionResult {
  const poll = { ...state.poll, isAsking: false, cancelTries: 0, isSignedOut: false };
  const silent: Polling = { ...state, name: "polling", poll };
  return replay(silent, [{ type: "wait-elapsed", key: "poll" }], { moment, rules });
}

function withAttemptsAnew(state: Settling): Settling {
  const steps = Object.entries(state.steps).map(([step, progress]) => [
    step,
    { ...progress, tries: Math.min(progress.tries, 1) },
  ]);
  return { ...state, steps: Object.fromEntries(steps) as Settling["steps"] }; // the same keys
}

function interruptedSteps({ steps }: Settling): readonly EventPayload[] {
  return Object.entries(steps).flatMap(([step, { status, attempt }]): readonly EventPayload[] => {
    const key = step as keyof typeof steps; // the keys of this record are its type's
    if (status === "waiting") return [{ type: "wait-elapsed", key }];
    return status === "running"
      ? [{ type: "effect-failed", effect: key, attempt, certainty: "unknown", error: NOT_HEARD }]
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
