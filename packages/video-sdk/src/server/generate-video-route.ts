// POST generate-video: reads a request strictly, prices it, and submits it to a provider once.
import {
  resolveVideoRequest,
  UnpricedVideoModelError,
  type VideoPricing,
  type VideoRequest,
} from "@video-engine/video-models";
import { VideoError } from "../errors.ts";
import type { Clock } from "../ports.ts";
import { invalidField } from "./error-response.ts";
import { checkReservation, type PricedSubmit, type VerifyReservation } from "./check-reservation.ts";
import type { AnswerOnce } from "./idempotency/answer-once.ts";
import type { Route } from "./protect-route.ts";
import { readVideoRequest } from "./read-video-request.ts";
import type { RequestHandles } from "./request-handles.ts";
import type { Rehost } from "./rehost/create-rehost.ts";
import { rehostVideos } from "./rehost/rehost-videos.ts";
import { tell, type VideoServerListener } from "./server-event.ts";
import {
  submitToProviders,
  type ProviderRefusal,
  type SubmittedJob,
  type SubmitToProvidersOptions,
} from "./submit-to-providers.ts";
import { withinDeadline } from "./within-deadline.ts";

/** Time limit for everything after the request has been read, milliseconds. The client waits just as long. */
const DEADLINE_MS = 60_000;

const KEY_HEADER = "idempotency-key";
const KEY = /^[\x21-\x7e]{8,255}$/;

/** What the route needs. */
export interface GenerateVideoOptions extends Pick<SubmitToProvidersOptions, "providers" | "routing" | "webhookUrlOf"> {
  readonly handles: RequestHandles;
  readonly once: AnswerOnce;
  readonly clock: Clock;
  readonly pricing: Pick<VideoPricing, "quoteVideo">;
  readonly verifyReservation?: VerifyReservation | undefined;
  /** Whether the status route can hold a request open. */
  readonly canWait: boolean;
  readonly rehost?: Rehost | undefined;
  readonly onEvent?: VideoServerListener | undefined;
}

/** Builds the route. */
export function generateVideoRoute(options: GenerateVideoOptions): Route {
  const { handles, once, clock, pricing, verifyReservation } = options;
  return {
    name: "generate-video",
    method: "POST",
    limit: "submit",
    run: async (request, { userId }) => {
      const key = readIdempotencyKey(request, { isNeeded: verifyReservation !== undefined });
      const wanted = await readVideoRequest(request);
      handles.checkSecret();
      const submit = { userId, key, request: wanted, credits: creditsOf(wanted, pricing) };
      let isSent = false;
      // The caller's signal is not used: a paid call that is cut off may still have reached the provider.
      return await withinDeadline(
        (over) =>
          once(submit, async () => {
            await checkReservation(submit, verifyReservation);
            const onSend = (): void => {
              if (over.aborted) throw notSentInTime();
              isSent = true;
            };
            return await submitPriced(submit, { ...options, onSend });
          }),
        { clock, ms: DEADLINE_MS, late: () => (isSent ? new VideoError("submission-unknown") : notSentInTime()) },
      );
    },
  };
}

/** Reads the Idempotency-Key; undefined when there is none. Throws `invalid-request` for a malformed key, and for a missing one where it `isNeeded`. */
function readIdempotencyKey({ headers }: Request, { isNeeded }: { readonly isNeeded: boolean }): string | undefined {
  const key = headers.get(KEY_HEADER) ?? undefined;
  if (key === undefined ? !isNeeded : KEY.test(key)) return key;
  const message = "Send an Idempotency-Key of 8 to 255 visible ASCII characters: one for each generation.";
  throw invalidField(KEY_HEADER, message);
}

/** Throws `not-configured`, naming the model, where the app has no price for it. */
function creditsOf(request: VideoRequest, { quoteVideo }: Pick<VideoPricing, "quoteVideo">): number {
  try {
    return quoteVideo(request).credits;
  } catch (cause) {
    if (!(cause instanceof UnpricedVideoModelError)) throw cause;
    throw new VideoError("not-configured", { message: cause.message, cause });
  }
}

async function submitPriced(
  submit: PricedSubmit,
  options: GenerateVideoOptions & Pick<SubmitToProvidersOptions, "onSend">,
): Promise<object> {
  const { userId, request, credits } = submit;
  const { model: modelId } = request;
  const onRefused = (refusal: ProviderRefusal): void =>
    tell(options.onEvent, { type: "provider-refused", userId, modelId, ...refusal });
  const { provider, submission } = await submitToProviders(request, { ...options, onRefused });
  if (submission.kind === "finished") {
    const names = { userId, modelId, provider: provider.id };
    return finishedAnswer(request, provider, await rehostVideos(submission.videos, names, options));
  }
  const { requestId: jobId } = submission;
  tell(options.onEvent, { type: "job-accepted", userId, modelId, provider: provider.id, requestId: jobId, credits });
  const requestId = await options.handles.issue({ jobId, modelId, provider: provider.id }, userId);
  const answer = { queued: true, requestId, modelId, provider: provider.id };
  // The answer is kept in the app's store, so it has no member that is undefined.
  return options.canWait ? { ...answer, canWait: true } : answer;
}

function finishedAnswer(request: VideoRequest, { id }: SubmittedJob["provider"], videos: readonly string[]): object {
  const { duration, resolution } = resolveVideoRequest(request).request;
  return {
    success: true,
    videos: videos.map((url) => ({ url })),
    modelId: request.model,
    duration,
    resolution,
    provider: id,
  };
}

function notSentInTime(): VideoError {
  return new VideoError("provider-unavailable", {
    message: "The job could not be prepared in time and was not submitted. Try again.",
  });
}
