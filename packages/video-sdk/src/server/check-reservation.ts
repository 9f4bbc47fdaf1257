// Asks the app whether a video is paid for, before anything is sent to a provider. The price is computed by the server.
import { resolveVideoRequest, type ResolvedVideoRequest, type VideoRequest } from "@video-engine/video-models";
import { isVideoError, VideoError } from "../errors.ts";
import type { WaitFor } from "./wait-limits.ts";

/** A video that a user is about to submit. */
export interface ReservationQuestion {
  readonly userId: string;
  /** The price in whole credits, computed by the server from the request. */
  readonly credits: number;
  /** The Idempotency-Key. It names the generation that the reservation must belong to; no other submit may use it. */
  readonly generationId: string;
  readonly request: ResolvedVideoRequest;
}

/**
 * Uses up the user's reservation of at least `credits` for this generation, in one step, and returns whether there was one that had not
 * been used yet, with an active slot. It **must return true at most once for a `generationId`**, for ever: answers under a key are kept
 * for 24 hours, and afterwards only this keeps the same reservation from paying for a second job. Within them it is asked once: a repeat
 * under its key is answered before. After a true the key stays taken whatever happens, so a submit that the provider then refuses
 * needs a new generation; after anything else the key is free. A throw, or no answer in time, refuses the request with
 * `provider-unavailable`; throw a {@link VideoError} to answer with another error.
 */
export type VerifyReservation = (question: ReservationQuestion) => Promise<boolean> | boolean;

/** How the app is asked. */
export interface ReservationOptions {
  /** Left out: every reservation counts as there. */
  readonly verifyReservation?: VerifyReservation | undefined;
  readonly waitFor: WaitFor;
}

/** A submit whose price is known. */
export interface PricedSubmit {
  readonly userId: string;
  readonly request: VideoRequest;
  readonly credits: number;
  readonly key: string | undefined;
}

/**
 * Asks the app, and returns true when it said yes; false when there is nothing to ask. Throws `insufficient-credits` when it says no, and
 * `provider-unavailable` when it does not answer.
 */
export async function hasReservation(
  { userId, request, credits, key }: PricedSubmit,
  { verifyReservation: verify, waitFor }: ReservationOptions,
): Promise<boolean> {
  if (verify === undefined || key === undefined) return false;
  const question = { userId, credits, generationId: key, request: resolveVideoRequest(request).request };
  if (await ask(async () => await verify(question), waitFor)) return true;
  throw new VideoError("insufficient-credits", {
    message: `No reservation of ${credits} credits was found for this generation.`,
    details: { credits },
  });
}

async function ask(verify: () => Promise<boolean>, waitFor: WaitFor): Promise<boolean> {
  try {
    // A hook that is not type-checked may return undefined, which is a no.
    return (await waitFor("verifyReservation", verify)) === true;
  } catch (cause) {
    if (isVideoError(cause)) throw cause;
    throw new VideoError("provider-unavailable", { message: "The reservation cannot be checked right now.", cause });
  }
}
