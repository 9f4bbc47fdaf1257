// Decides whether the server may hold the next question about a job until there is news. Learns from answers; sends nothing.
import type { CallResult, JobAnswer, SubmitResult } from "../ports.ts";
import { offersWait } from "../protocol.ts";
import type { HttpAnswer } from "./send.ts";

/** Seconds for which a question is held. Below the 29 s and 30 s after which many proxies hang up. */
export const WAIT_SECONDS = 24;

/** How often holding may fail in a row, although the server answers plain questions, before it is given up. */
const MOST_FAILURES = 3;

/** What was learned about one server. */
export interface HeldQuestions {
  /** Takes a place among the questions that are held now; the function that is returned frees it. Undefined: the next one is to be plain. */
  hold(): (() => void) | undefined;
  /** Whether to ask the next question with `wait`. */
  isNext(): boolean;
  /** Learns from the answer to a request, held or not. */
  learn(answer: HttpAnswer, wasHeld: boolean): void;
}

/**
 * Holding starts once an answer offers it. After a held question that failed the next one is plain. If that is answered, the holding
 * was at fault and not the network; three such failures in a row end it. A 429 is none: the server holds questions, and has too many. At most `most` are held at once: default no limit.
 */
export function createHeldQuestions(most = Infinity): HeldQuestions {
  let isOffered = false;
  let isInDoubt = false;
  let isLimited = false;
  let failures = 0;
  let heldNow = 0;
  const isNext = (): boolean => isOffered && !isInDoubt && failures < MOST_FAILURES && heldNow < most;
  return {
    isNext,
    hold() {
      if (!isNext()) return undefined;
      heldNow += 1;
      return () => void (heldNow -= 1);
    },
    learn(answer, wasHeld) {
      const isGood = answer.kind === "answered" && answer.status < 400;
      if (isGood) isOffered = offersWait(answer.body) ?? isOffered;
      if (isGood && wasHeld) failures = 0;
      if (isGood && !wasHeld && isInDoubt && !isLimited) failures += 1;
      if (!wasHeld && !isGood) return;
      isInDoubt = !isGood;
      isLimited = answer.kind === "answered" && answer.status === 429;
    },
  };
}

/** The answer to a plain call, with what the server offers where the job runs. */
export function offering<T extends JobAnswer | SubmitResult>(
  result: CallResult<T>,
  held: HeldQuestions,
): CallResult<T> {
  const runs = result.ok && (result.value.kind === "pending" || result.value.kind === "accepted");
  return runs && held.isNext() ? { ok: true, value: { ...result.value, canHold: true } } : result;
}

/** A question that took at least this long was held, by what it was answered with; milliseconds. A plain one is answered sooner. */
const LEAST_HELD_MS = { pending: 10_000, finished: 2_000 };

/** The answer to a question that the server was asked to hold. One that was answered at once was not watched, so the next has to wait. */
export function markHeld(result: CallResult<JobAnswer>, tookMs: number): CallResult<JobAnswer> {
  if (!result.ok || (result.value.kind !== "pending" && result.value.kind !== "finished")) return result;
  const wasHeld = tookMs >= LEAST_HELD_MS[result.value.kind];
  return wasHeld ? { ok: true, value: { ...result.value, wasHeld } } : result;
}
