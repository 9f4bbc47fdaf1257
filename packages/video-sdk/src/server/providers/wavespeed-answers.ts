// Reads WaveSpeedAI's answers to a submit, a result and an upload. A failed task is HTTP 200 with a text, so the state decides.
// Pure; the calls are made in wavespeed-provider.ts.
import type { VideoModelId } from "@video-engine/video-models";
import * as z from "zod";
import { VideoError, videoErrorData, type VideoErrorCode } from "../../errors.ts";
import { videosAt } from "../../find-videos.ts";
import { saysEnded } from "../../protocol.ts";
import { isRequestId, type ProviderJobAnswer, type ProviderJobStatus, type ProviderSubmission } from "./provider.ts";
import type { ProviderAnswer } from "./provider-answer.ts";
import {
  accountRefused,
  keyRefused,
  modelRetired,
  providerRateLimited,
  providerUnavailable,
  submitUnanswered,
} from "./provider-errors.ts";
import { foundAt, inUnknownState, readFinished } from "./read-finished.ts";
import type { VideoUrlRule } from "./sort-video-urls.ts";
import { takenJobIn } from "./taken-job.ts";

const submittedSchema = z.object({ data: z.object({ id: z.string().check(z.refine(isRequestId)) }) });
const predictionSchema = z.object({
  status: z.string(),
  outputs: z.optional(z.unknown()),
  has_nsfw_contents: z.catch(z.array(z.unknown()), []),
});
const wrappedSchema = z.object({ data: z.unknown() });
/** WaveSpeedAI's own errors have the status inside as well. What has not was said by something in front of it. */
const ownErrorSchema = z.object({ code: z.number() });
type Prediction = z.infer<typeof predictionSchema>;

const httpsUrl = z.string().check(z.startsWith("https://"));
const uploadSchema = z.object({
  data: z.object({
    download_url: httpsUrl,
    upload: z.object({ url: httpsUrl, headers: z.catch(z.record(z.string(), z.string()), {}) }),
  }),
});

/** Where a file is uploaded to, and where it can be read afterwards. */
export interface WavespeedUpload {
  readonly uploadUrl: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly fileUrl: string;
}

const PENDING = new Map<string, ProviderJobStatus>([
  ["created", "queued"],
  ["processing", "running"],
]);

/** States that end a job without a video. `deleted`: the task and its files were removed. */
const ENDED = new Map<string, VideoErrorCode>([
  ["failed", "provider-failed"],
  ["timeout", "provider-failed"],
  ["cancelled", "canceled"],
  ["canceled", "canceled"],
  ["deleted", "result-missing"],
]);

/** Reads the answer to a submit. Throws unless it names the task. */
export function readWavespeedSubmit(answer: ProviderAnswer, modelId: VideoModelId): ProviderSubmission {
  if (!answer.isReached) throw submitUnanswered("wavespeed", answer);
  const { status, body } = answer;
  const submitted = submittedSchema.safeParse(body);
  const requestId = submitted.success ? submitted.data.data.id : takenJobIn(body);
  if (status < 300 && requestId !== undefined) return { kind: "accepted", requestId };
  throwForAccount(answer);
  if (status === 404 || status === 410) {
    throw isOwnError(answer) ? modelRetired("wavespeed", modelId, answer) : providerUnavailable("wavespeed", answer);
  }
  if (status === 400 || status === 413 || status === 415 || status === 422) {
    throw new VideoError("provider-rejected", { details: { provider: "wavespeed" }, cause: answer });
  }
  // No other status is documented as a promise that no task was made.
  throw submitUnanswered("wavespeed", answer);
}

/** Reads the answer to a result. Throws when it does not tell the state of the task. A state that is new to us counts as pending. */
export function readWavespeedResult(answer: ProviderAnswer, rule: VideoUrlRule | undefined): ProviderJobAnswer {
  if (answer.isReached && answer.status === 404 && isOwnError(answer))
    throw new VideoError("not-found", { cause: answer });
  throwForAccount(answer);
  const prediction = predictionIn(answer);
  if (prediction === undefined) throw providerUnavailable("wavespeed", answer);
  const { data, raw } = prediction;
  const state = data.status.toLowerCase();
  const found = foundAt(videosAt(data.outputs), raw);
  if (saysEnded(state)) {
    const missing = state === "completed" ? () => failed("result-missing", data, answer) : undefined;
    return readFinished({ found, rule, body: raw, missing });
  }
  const code = ENDED.get(state);
  if (code !== undefined) return failed(code, data, answer);
  const pending = PENDING.get(state);
  return pending === undefined ? inUnknownState(found, raw) : { kind: "pending", status: pending };
}

/** The task in an answer: in `data`, or flat, as its webhooks have it. */
function predictionIn(answer: ProviderAnswer): { readonly data: Prediction; readonly raw: unknown } | undefined {
  if (!answer.isReached || answer.status >= 300) return undefined;
  const wrapped = wrappedSchema.safeParse(answer.body);
  const raw = wrapped.success && wrapped.data.data !== undefined ? wrapped.data.data : answer.body;
  const parsed = predictionSchema.safeParse(raw);
  return parsed.success ? { data: parsed.data, raw } : undefined;
}

/** Reads where a file is uploaded to. Throws `upload-failed` when the answer does not tell. */
export function readWavespeedUpload(answer: ProviderAnswer): WavespeedUpload {
  const parsed = uploadSchema.safeParse(answer.isReached && answer.status < 300 ? answer.body : undefined);
  if (!parsed.success) throw uploadFailed(answer);
  const { download_url: fileUrl, upload } = parsed.data.data;
  return { uploadUrl: upload.url, headers: upload.headers, fileUrl };
}

/** Checks that a file was stored. Throws `upload-failed` otherwise. */
export function readWavespeedPut(answer: ProviderAnswer): void {
  if (!answer.isReached || answer.status >= 300) throw uploadFailed(answer);
}

// A failed task has no error code, but flags on its outputs.
function failed(code: VideoErrorCode, { has_nsfw_contents }: Prediction, cause: ProviderAnswer): ProviderJobAnswer {
  const isFlagged = code !== "canceled" && has_nsfw_contents.includes(true);
  const error = videoErrorData(isFlagged ? "content-rejected" : code, { details: { provider: "wavespeed" } });
  return { kind: "failed", error, cause };
}

function isOwnError({ body }: Extract<ProviderAnswer, { isReached: true }>): boolean {
  return ownErrorSchema.safeParse(body).success;
}

function throwForAccount(answer: ProviderAnswer): void {
  if (!answer.isReached) return;
  if (answer.status === 401) throw keyRefused("wavespeed", answer);
  if (answer.status === 402 || answer.status === 403) throw accountRefused("wavespeed", answer);
  if (answer.status === 429) throw providerRateLimited("wavespeed", answer);
}

function uploadFailed(cause: ProviderAnswer): VideoError {
  return new VideoError("upload-failed", { details: { provider: "wavespeed" }, cause });
}
