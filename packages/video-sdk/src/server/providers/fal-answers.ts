// Reads fal's answers to a submit, a status, a result and a cancel. Pure; the calls are made in fal-provider.ts.
import * as z from "zod";
import { VideoError, videoErrorData, type VideoErrorData } from "../../errors.ts";
import { findVideos } from "../../find-videos.ts";
import { hasContent } from "../../has-content.ts";
import { saysEnded } from "../../protocol.ts";
import { isRequestId, type ProviderCancelAnswer, type ProviderJobAnswer, type ProviderSubmission } from "./provider.ts";
import { falReasonsOf, falRefusal, type FalReason } from "./fal-refusal.ts";
import type { ProviderAnswer } from "./provider-answer.ts";
import {
  accountRefused,
  keyRefused,
  modelRetired,
  providerRateLimited,
  providerUnavailable,
  submitUnanswered,
} from "./provider-errors.ts";
import { readFinished } from "./read-finished.ts";
import type { VideoUrlRule } from "./sort-video-urls.ts";
import { takenJobIn } from "./taken-job.ts";

const submittedSchema = z.object({ request_id: z.string().check(z.refine(isRequestId)) });
const statusSchema = z.object({
  status: z.string(),
  error: z.nullish(z.unknown()),
  error_type: z.nullish(z.unknown()),
});
const cancelSchema = z.object({ status: z.string() });
/** fal's own errors have one of these. What has neither was said by something in front of fal. */
const ownErrorSchema = z.union([
  z.object({ detail: z.string().check(z.minLength(1)) }),
  z.object({ detail: z.array(z.unknown()).check(z.minLength(1)) }),
  z.object({ error_type: z.string().check(z.minLength(1)) }),
]);

/** The state of a job. `completed`, in any word for it, is not success: failed and cancelled jobs have it too, with `hasFailed`. */
export type FalProgress =
  | Extract<ProviderJobAnswer, { kind: "pending" }>
  | { readonly kind: "completed"; readonly hasFailed: boolean; readonly reasons: readonly FalReason[] };

/** Reads the answer to a submit. Throws unless fal took the job. */
export function readFalSubmit(answer: ProviderAnswer, modelId: string): ProviderSubmission {
  if (!answer.isReached) throw submitUnanswered("fal", answer);
  const { status, body } = answer;
  const submitted = submittedSchema.safeParse(body);
  const requestId = submitted.success ? submitted.data.request_id : takenJobIn(body);
  if (isOk(status) && requestId !== undefined) return { kind: "accepted", requestId };
  throwForAccount(answer);
  // 408 and 499 come from gateways that stopped waiting: as after any 5xx, fal may have taken the job.
  if (status < 400 || status === 408 || status === 499 || status >= 500) throw submitUnanswered("fal", answer);
  if (!isOwnError(answer)) throw providerUnavailable("fal", answer);
  if (status === 404 || status === 410) throw modelRetired("fal", modelId, answer);
  const { code, ...refusal } = falRefusal(answer, falReasonsOf(body));
  throw new VideoError(code, { ...refusal, cause: answer });
}

/** Reads the answer to a status. Throws when it does not tell the state of the job. */
export function readFalStatus(answer: ProviderAnswer): FalProgress {
  // A status has no input but the id, so a 422 can only be about the id.
  const isUnknown = answer.isReached && (answer.status === 404 || answer.status === 422) && isOwnError(answer);
  if (isUnknown) throw new VideoError("not-found", { cause: answer });
  throwForAccount(answer);
  const parsed = statusSchema.safeParse(answer.isReached && isOk(answer.status) ? answer.body : undefined);
  if (!parsed.success) throw providerUnavailable("fal", answer);
  const { status, error, error_type } = parsed.data;
  if (saysEnded(status)) {
    return {
      kind: "completed",
      hasFailed: hasContent(error) || hasContent(error_type),
      reasons: falReasonsOf(parsed.data),
    };
  }
  return { kind: "pending", status: PENDING.get(status.toUpperCase()) ?? "unknown" };
}

/** Reads the result of a completed job. Throws when the result could not be read, which is not a verdict on the job. */
export function readFalResult(
  answer: ProviderAnswer,
  { hasFailed, reasons }: Extract<FalProgress, { kind: "completed" }>,
  rule: VideoUrlRule | undefined,
): ProviderJobAnswer {
  throwForAccount(answer);
  if (!answer.isReached) throw providerUnavailable("fal", answer);
  const { status, body } = answer;
  const ownReasons = falReasonsOf(body);
  const ended = (error: VideoErrorData): ProviderJobAnswer => ({ kind: "failed", error, cause: answer });
  const failed = (): ProviderJobAnswer => ended(falRefusal(answer, ownReasons.length > 0 ? ownReasons : reasons));
  const missing = (): ProviderJobAnswer => ended(videoErrorData("result-missing", { details: { provider: "fal" } }));
  if (isOk(status)) {
    const finished = readFinished({ found: findVideos(body, { isDeep: true }), rule, body, missing });
    if (finished.kind === "finished") return finished;
    if (hasFailed || ownReasons.length > 0) return failed();
    // A page is no result.
    if (body === undefined) throw providerUnavailable("fal", answer);
    return finished;
  }
  if (hasFailed) return failed();
  if (!isFinalResult(answer, ownReasons)) throw providerUnavailable("fal", answer);
  return status === 404 || status === 410 ? missing() : failed();
}

/** Reads the answer to a cancel. Throws when it cannot be read. The word decides; for an unknown word, the status of an answer of fal's own does, with the weaker promise. */
export function readFalCancel(answer: ProviderAnswer): ProviderCancelAnswer {
  throwForAccount(answer);
  const parsed = cancelSchema.safeParse(answer.isReached ? answer.body : undefined);
  const byWord = parsed.success ? CANCELED.get(parsed.data.status.toUpperCase()) : undefined;
  if (byWord !== undefined) return byWord;
  if (answer.isReached && isOk(answer.status)) return "requested";
  if (answer.isReached && answer.status === 404 && isOwnError(answer)) return "not-found";
  if (answer.isReached && answer.status === 400 && isOwnError(answer)) return "too-late";
  throw providerUnavailable("fal", answer);
}

const PENDING = new Map<string, "queued" | "running">([
  ["IN_QUEUE", "queued"],
  ["IN_PROGRESS", "running"],
]);

const CANCELED = new Map<string, ProviderCancelAnswer>([
  ["OK", "removed"],
  ["CANCELLATION_REQUESTED", "requested"],
  ["ALREADY_COMPLETED", "too-late"],
  ["NOT_FOUND", "not-found"],
]);

// Whether an error in place of a result is the end of the job, although the status named none. A 400 without a reason may also mean
// "still in progress", and fal marks errors that are worth a retry.
function isFinalResult(answer: Extract<ProviderAnswer, { isReached: true }>, reasons: readonly FalReason[]): boolean {
  const { status, headers } = answer;
  if (headers.get("x-fal-retryable") === "true" || !isOwnError(answer)) return false;
  return status > 400 ? status < 500 && status !== 408 && status !== 499 : reasons.length > 0;
}

function isOwnError({ body }: Extract<ProviderAnswer, { isReached: true }>): boolean {
  return ownErrorSchema.safeParse(body).success;
}

function throwForAccount(answer: ProviderAnswer): void {
  if (!answer.isReached) return;
  if (answer.status === 401) throw keyRefused("fal", answer);
  if (answer.status === 402 || answer.status === 403) throw accountRefused("fal", answer);
  if (answer.status === 429) throw providerRateLimited("fal", answer);
}

function isOk(status: number): boolean {
  return status >= 200 && status < 300;
}
