// Asks the app whether a video is paid for, before anything is sent to a provider. The price is computed by the server.
import { resolveVideoRequest, type ResolvedVideoRequest, type VideoRequest } from "@video-engine/video-models";
import { isVideoError, VideoError } from "../errors.ts";

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
 * Returns whether the user holds a reservation of at least `credits` for this generation, and an active slot. A throw refuses the
 * request with `provider-unavailable`; throw a {@link VideoError} to answer with another error.
 */
export type VerifyReservation = (question: ReservationQuestion) => Promise<boolean> | boolean;

/** A submit whose price is known. */
export interface PricedSubmit {
  readonly userId: string;
  readonly request: VideoRequest;
  readonly credits: number;
  readonly key: string | undefined;
}

/** Asks the app. Throws `insufficient-credits` when it says no, and `provider-unavailable` when it does not answer. */
export async function checkReservation(
  { userId, request, credits, key }: PricedSubmit,
  verify: VerifyReservation | undefined,
): Promise<void> {
  if (verify === undefined || key === undefined) return;
  const question = { userId, credits, generationId: key, request: resolveVideoRequest(request).request };
  if (await ask(verify, question)) return;
  throw new VideoError("insufficient-credits", {
    message: `No reservation of ${credits} credits was found for this generation.`,
    details: { credits },
  });
}

async function ask(verify: VerifyReservation, question: ReservationQuestion): Promise<boolean> {
  try {
    // A hook that is not type-checked may return undefined, which is a no.
    return (await verify(question)) === true;
  } catch (cause) {
    if (isVideoError(cause)) throw cause;
    throw new VideoError("provider-unavailable", { message: "The reservation cannot be checked right now.", cause });
  }
}
