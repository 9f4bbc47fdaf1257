// Reads OpenRouter's answers to a submit and a status. Pure; the calls are made in openrouter-provider.ts.
import type { VideoModelId } from "@video-engine/video-models";
import * as z from "zod";
import { VideoError, videoErrorData, type VideoErrorCode } from "../../errors.ts";
import { videosAt, type FoundVideos } from "../../find-videos.ts";
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

const submittedSchema = z.object({ id: z.string().check(z.refine(isRequestId)) });
const jobSchema = z.object({
  status: z.string(),
  urls: z.optional(z.unknown()),
  unsigned_urls: z.optional(z.unknown()),
});
/** OpenRouter's own errors say so. What does not was said by something in front of it. */
const ownErrorSchema = z.object({ error: z.object({ message: z.string() }) });

const PENDING = new Map<string, ProviderJobStatus>([
  ["pending", "queued"],
  ["in_progress", "running"],
]);

/** States that end a job without a video. */
const ENDED = new Map<string, VideoErrorCode>([
  ["failed", "provider-failed"],
  ["expired", "provider-failed"],
  ["cancelled", "canceled"],
  ["canceled", "canceled"],
]);

/** Reads the answer to a submit. Throws unless it names the job. */
export function readOpenrouterSubmit(answer: ProviderAnswer, modelId: VideoModelId): ProviderSubmission {
  if (!answer.isReached) throw submitUnanswered("openrouter", answer);
  const { status, body } = answer;
  const submitted = submittedSchema.safeParse(body);
  const requestId = submitted.success ? submitted.data.id : takenJobIn(body);
  if (status < 300 && requestId !== undefined) return { kind: "accepted", requestId };
  throwForAccount(answer);
  // 403: the prompt was flagged before any model saw it.
  if (status === 403) throw new VideoError("content-rejected", { details: { provider: "openrouter" }, cause: answer });
  if (status === 404 || status === 410) {
    throw isOwnError(answer) ? modelRetired("openrouter", modelId, answer) : providerUnavailable("openrouter", answer);
  }
  if (status === 400 || status === 413 || status === 422) {
    throw new VideoError("provider-rejected", { details: { provider: "openrouter" }, cause: answer });
  }
  // No other status is documented as a promise that no job was made.
  throw submitUnanswered("openrouter", answer);
}

/** Reads the answer to a status. Throws when it does not tell the state of the job. A state that is new to us counts as pending. */
export function readOpenrouterStatus(answer: ProviderAnswer, rule: VideoUrlRule | undefined): ProviderJobAnswer {
  if (answer.isReached && answer.status === 404 && isOwnError(answer))
    throw new VideoError("not-found", { cause: answer });
  throwForAccount(answer);
  const raw = jobIn(answer);
  const parsed = jobSchema.safeParse(raw);
  if (!parsed.success) throw providerUnavailable("openrouter", answer);
  const { urls, unsigned_urls: unsigned } = parsed.data;
  const state = parsed.data.status.toLowerCase();
  const found = foundAt(foundIn({ urls, unsigned }), raw);
  if (saysEnded(state)) {
    const missing = state === "completed" ? () => failed("result-missing", answer) : undefined;
    return readFinished({ found, rule, body: raw, missing });
  }
  const code = ENDED.get(state);
  if (code !== undefined) return failed(code, answer);
  const pending = PENDING.get(state);
  return pending === undefined ? inUnknownState(found, raw) : { kind: "pending", status: pending };
}

/** The job in an answer: flat, or in `data`, as its webhooks have it. */
function jobIn(answer: ProviderAnswer): unknown {
  if (!answer.isReached || answer.status >= 300) return undefined;
  const wrapped = z.object({ data: jobSchema }).safeParse(answer.body);
  return wrapped.success ? Object(answer.body).data : answer.body;
}

/** The signed URLs, or else the unsigned ones that open without our key. */
function foundIn({ urls, unsigned }: { readonly urls: unknown; readonly unsigned: unknown }): FoundVideos {
  const signed = videosAt(urls);
  if (signed.urls.length > 0) return signed;
  const open = videosAt(unsigned);
  const usable = open.urls.filter(needsNoKey);
  if (usable.length > 0) return { ...open, urls: usable };
  return signed.place === "empty" || open.place === "empty" || open.urls.length > 0
    ? { place: "empty", urls: [] }
    : signed;
}

function isOwnError({ body }: Extract<ProviderAnswer, { isReached: true }>): boolean {
  return ownErrorSchema.safeParse(body).success;
}

/** OpenRouter's own address of a video asks for our key, so a user could not open it. */
function needsNoKey(url: string): boolean {
  return !/^https:\/\/openrouter\.ai\//i.test(url);
}

function failed(code: VideoErrorCode, cause: ProviderAnswer): ProviderJobAnswer {
  return { kind: "failed", error: videoErrorData(code, { details: { provider: "openrouter" } }), cause };
}

function throwForAccount(answer: ProviderAnswer): void {
  if (!answer.isReached) return;
  if (answer.status === 401) throw keyRefused("openrouter", answer);
  if (answer.status === 402) throw accountRefused("openrouter", answer);
  if (answer.status === 429) throw providerRateLimited("openrouter", answer);
}
