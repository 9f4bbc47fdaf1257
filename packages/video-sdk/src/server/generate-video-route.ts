// POST generate-video: reads a request strictly, prices it, and has it submitted once.
import {
  UnpricedVideoModelError,
  type VideoPricing,
  type AnyVideoRegistry,
  type VideoRequest,
} from "@video-engine/video-models";
import { isVideoError, VideoError } from "../errors.ts";
import type { Clock } from "../platform-ports.ts";
import { beforeWork } from "./before-work.ts";
import { hasReservation, type PricedSubmit, type ReservationOptions } from "./check-reservation.ts";
import { stillRunning, type AnswerOnce } from "./idempotency/answer-once.ts";
import { readIdempotencyKey } from "./idempotency/read-idempotency-key.ts";
import type { Route } from "./protect-route.ts";
import { checkedRequest, readSubmitBody, type SubmitBody } from "./read-video-request.ts";
import type { RequestHandles } from "./request-handles.ts";
import { submitPriced, textsOf, type SubmitPricedOptions } from "./submit-priced.ts";
import { withinDeadline } from "./within-deadline.ts";

/** Time limit for everything from the body on, milliseconds. The client waits just as long. */
const DEADLINE_MS = 60_000;

/** What the route needs. */
export interface GenerateVideoOptions
  extends Omit<SubmitPricedOptions, "issue" | "takeKey" | "onSend">, ReservationOptions {
  readonly handles: RequestHandles;
  readonly once: AnswerOnce;
  readonly clock: Clock;
  readonly pricing: Pick<VideoPricing, "quoteVideo">;
  readonly models: Pick<AnyVideoRegistry, "checkVideoRequest">;
  /** Default: whether there is a `verifyReservation`. */
  readonly requireIdempotencyKey?: boolean | undefined;
}

/** Builds the route. */
export function generateVideoRoute(options: GenerateVideoOptions): Route {
  const { handles, once, clock } = options;
  return {
    name: "generate-video",
    method: "POST",
    limit: "submit",
    run: async (request, { userId }, note) => {
      let isSent = false;
      let key: string | undefined;
      const fail = (thrown: unknown): never => {
        throw isSent ? thrown : beforeWork(thrown);
      };
      const run = async (over: AbortSignal): Promise<object> => {
        const asked = await readSubmit(request, options);
        key = asked.key;
        note({ key, texts: textsOf(asked.sent) });
        const onSend = (): void => {
          if (over.aborted) throw notSentInTime();
          isSent = true;
        };
        // Not before the key is looked up: a submit that was accepted is answered again, whatever its model, its price or the settings are by now.
        const work = async (takeKey: () => void): Promise<object> => {
          const submit = priced(asked, userId, options);
          const issue = handles.issuer();
          // A reservation pays for one run, also for one that the provider refuses.
          if (await hasReservation(submit, options)) takeKey();
          return await submitPriced(submit, { ...options, issue, takeKey, onSend });
        };
        const { sent } = asked;
        return await once({ userId, key, request: sent }, async (takeKey) => await work(takeKey).catch(fail));
      };
      // The call goes on. Under a key the same submit is told what becomes of it.
      const late = (): Error => {
        if (!isSent) return notSentInTime();
        return key === undefined ? new VideoError("submission-unknown") : stillRunning(DEADLINE_MS);
      };
      // The caller's signal is not used: a paid call that is cut off may still have reached the provider.
      return await withinDeadline(run, { clock, ms: DEADLINE_MS, late }).catch((thrown: unknown) => {
        // An error of ours may be the kept answer to an earlier attempt, which was sent.
        if (isVideoError(thrown)) throw thrown;
        return fail(thrown);
      });
    },
  };
}

/** A submit with its key, whose request is not checked yet. */
interface KeyedSubmit extends SubmitBody {
  readonly key: string | undefined;
}

async function readSubmit(request: Request, options: GenerateVideoOptions): Promise<KeyedSubmit> {
  const isNeeded = options.verifyReservation !== undefined || options.requireIdempotencyKey === true;
  try {
    const body = await readSubmitBody(request, options.waitFor);
    return { ...body, key: readIdempotencyKey({ headers: request.headers, keyInBody: body.keyInBody, isNeeded }) };
  } catch (thrown) {
    throw beforeWork(thrown);
  }
}

/** Checks and prices what is wanted. Nothing of it has an effect. */
function priced(
  { sent, key, creditsTold: told }: KeyedSubmit,
  userId: string,
  options: GenerateVideoOptions,
): PricedSubmit {
  const request = checkedRequest(sent, options.models);
  const credits = creditsOf(request, options.pricing);
  if (told !== undefined && told !== credits) throw priceChanged(told, credits);
  return { userId, key, request, credits };
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

function priceChanged(told: number, credits: number): VideoError {
  return new VideoError("price-changed", {
    message: `This video costs ${credits} credits, not ${told}. Look at the price again before you start.`,
    details: { told, credits },
  });
}

function notSentInTime(): VideoError {
  return new VideoError("provider-unavailable", {
    message: "The job could not be prepared in time and was not submitted. Try again.",
  });
}
