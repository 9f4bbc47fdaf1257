// Whether a video is paid for, asked of the app before anything is sent to a provider. The price is the server's own.
import { resolveVideoRequest, type ResolvedVideoRequest, type VideoRequest } from "@video-engine/video-models";
import { isVideoError, VideoError } from "../errors.ts";

/** What a user is about to have made. */
export interface ReservationQuestion {
  readonly userId: string;
  /** What it costs, whole credits, from the server's own reading of the request. */
  readonly credits: number;
  /** The Idempotency-Key: the generation that the reservation must belong to, and that no other submit may use. */
  readonly generationId: string;
  readonly request: ResolvedVideoRequest;
}

/**
 * Whether this user holds a reservation of at least this many credits for this generation, and an active slot. A throw refuses the
 * request for now; throw a {@link VideoError} to answer with another error.
 */
export type VerifyReservation = (question: ReservationQuestion) => Promise<boolean> | boolean;

/** A submit whose price is known. */
export interface PricedSubmit {
  readonly userId: string;
  readonly request: VideoRequest;
  readonly credits: number;
  readonly key: string | undefined;
}

/** Asks. Throws `insufficient-credits` for a no, and `provider-unavailable` where there is no answer. */
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
    // Also guards against a hook that is not type-checked and answers undefined.
    return (await verify(question)) === true;
  } catch (cause) {
    if (isVideoError(cause)) throw cause;
    throw new VideoError("provider-unavailable", { message: "The reservation cannot be checked right now.", cause });
  }
}
