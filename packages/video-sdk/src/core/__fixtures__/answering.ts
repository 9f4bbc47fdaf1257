// Events as a test writes them: an answer that names no attempt answers the one in flight.
import type { EventPayload } from "../event.ts";
import type { Moment } from "../resume.ts";
import type { GenerationState, GivingUp, Polling } from "../state.ts";
import type { Rules, TransitionResult } from "../transition-result.ts";
import { transition } from "../transition.ts";

type Loosely<Event> = Event extends { readonly attempt: number }
  ? Omit<Event, "attempt" | "effect"> & {
      readonly [Field in Extract<"attempt" | "effect", keyof Event>]?: Event[Field] | undefined;
    }
  : Event;

/** An event whose attempt may be left out, and its effect too where the state leaves no doubt. */
export type Said = Loosely<EventPayload>;

/** The event, as the answer to the effect in flight. */
export function answering(state: GenerationState, said: Said): EventPayload {
  const effect = "effect" in said && said.effect !== undefined ? said.effect : effectAnswered(state, said);
  const attempt = "attempt" in said && said.attempt !== undefined ? said.attempt : attemptOf(state, said, effect);
  const namesEffect = said.type === "job-finished" || said.type === "job-failed" || said.type === "effect-failed";
  if (attempt === undefined) return said as EventPayload; // needs no attempt
  return (namesEffect ? { ...said, attempt, effect } : { ...said, attempt }) as EventPayload; // put together here
}

function effectAnswered(state: GenerationState, { type }: Said): string | undefined {
  if (type === "job-finished" || type === "job-failed") return state.name === "submitting" ? "submit-job" : "check-status";
  return undefined;
}

const WITHOUT_ATTEMPT: readonly Said["type"][] = ["cancel-requested", "hold-read", "wait-elapsed", "woken"];

function attemptOf(state: GenerationState, said: Said, effect: string | undefined): number | undefined {
  if (WITHOUT_ATTEMPT.includes(said.type)) return undefined;
  const step = said.type === "step-settled" ? said.step : said.type === "videos-saved" ? "save-videos" : effect;
  if ("fileId" in said && state.name === "uploading") return state.files[said.fileId ?? ""]?.attempt ?? 1;
  if ("poll" in state) {
    if (said.type === "job-attached" || effect === "attach-job") return state.poll.attachesSent;
    if (said.type === "cancel-answered" || effect === "cancel-job") return state.poll.cancelsSent;
    return state.poll.questionsSent;
  }
  if (state.name === "watching") return state.questionsSent;
  if ("steps" in state) return Object.entries(state.steps).find(([name]) => name === step)?.[1].attempt ?? 1;
  return "attempt" in state ? state.attempt : 1;
}

/**
 * Applies one event to a state. Sends the question first when the event answers one and none is in flight. A job's age is counted up to the
 * event, as the questions in between would have done.
 */
export function tell(before: GenerationState, said: Said & Moment, rules: Rules): TransitionResult {
  const state = "poll" in before ? aged(before, said.at) : before;
  const moment = { at: said.at, random: said.random };
  const isQuestionOut = ("poll" in state && state.poll.isAsking) || (state.name === "watching" && state.isAsking);
  const [asked] =
    isAnswerToQuestion(said) && !isQuestionOut
      ? transition(state, { type: "wait-elapsed", key: "poll", ...moment }, rules)
      : [state];
  const [next, effects] = transition(asked, { ...answering(asked, said), ...moment }, rules);
  return [next === state ? before : next, effects];
}

/** The same job, with its age counted up to a moment. */
export function aged<State extends Polling | GivingUp>(state: State, at: number): State {
  const { activeMs, countedAt, isAsking, waitMs } = state.poll;
  const passedMs = Math.max(0, at - countedAt);
  const left = isAsking || waitMs === undefined ? {} : { waitMs: Math.max(0, waitMs - passedMs) };
  return { ...state, poll: { ...state.poll, activeMs: activeMs + passedMs, countedAt: countedAt + passedMs, ...left } };
}

function isAnswerToQuestion(said: Said): boolean {
  if ("attempt" in said && said.attempt !== undefined) return false;
  const isFresh = said.type === "job-pending" || said.type === "job-refused";
  return isFresh || (said.type === "effect-failed" && said.effect === "check-status");
}
