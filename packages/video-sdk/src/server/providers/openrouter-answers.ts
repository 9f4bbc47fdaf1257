// Reads OpenRouter's answers to a submit and a status. Pure; the calls are made in openrouter-provider.ts.
import type { VideoModelId } from "@video-engine/video-models";
import * as z from "zod";
import { VideoError, videoErrorData, type VideoErrorCode } from "../../errors.ts";
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
import { usableVideoUrls, type VideoUrlRule } from "./usable-video-urls.ts";

const submittedSchema = z.object({ id: z.string().check(z.refine(isRequestId)) });
const jobSchema = z.object({
  status: z.string(),
  urls: z.catch(z.array(z.unknown()), []),
  unsigned_urls: z.catch(z.array(z.unknown()), []),
});

const PENDING = new Map<string, ProviderJobStatus>([
  ["pending", "queued"],
  ["in_progress", "running"],
]);

/** States that end a job without a video. */
const ENDED = new Map<string, VideoErrorCode>([
  ["failed", "provider-failed"],
  ["expired", "provider-failed"],
  ["cancelled", "canceled"],
]);

/** Reads the answer to a submit. Throws unless it names the job. */
export function readOpenrouterSubmit(answer: ProviderAnswer, modelId: VideoModelId): ProviderSubmission {
  if (!answer.isReached) throw submitUnanswered("openrouter", answer);
  const { status, body } = answer;
  const submitted = submittedSchema.safeParse(body);
  if (status < 300 && submitted.success) return { kind: "accepted", requestId: submitted.data.id };
  throwForAccount(answer);
  // 403: the prompt was flagged before any model saw it.
  if (status === 403) throw new VideoError("content-rejected", { details: { provider: "openrouter" }, cause: answer });
  if (status === 404 || status === 410) throw modelRetired("openrouter", modelId, answer);
  if (status === 400 || status === 413 || status === 422) {
    throw new VideoError("provider-rejected", { details: { provider: "openrouter" }, cause: answer });
  }
  // No other status is documented as a promise that no job was made.
  throw submitUnanswered("openrouter", answer);
}

/** Reads the answer to a status. Throws when it does not tell the state of the job. A state that is new to us counts as pending. */
export function readOpenrouterStatus(answer: ProviderAnswer, rule: VideoUrlRule | undefined): ProviderJobAnswer {
  if (answer.isReached && answer.status === 404) throw new VideoError("not-found", { cause: answer });
  throwForAccount(answer);
  const parsed = jobSchema.safeParse(answer.isReached && answer.status < 300 ? answer.body : undefined);
  if (!parsed.success) throw providerUnavailable("openrouter", answer);
  const { status, urls, unsigned_urls: unsigned } = parsed.data;
  if (status === "completed") {
    const videos = usableVideoUrls(urls.length > 0 ? urls : unsigned.filter(needsNoKey), rule);
    return videos.length > 0 ? { kind: "finished", videos } : failed("result-missing", answer);
  }
  const code = ENDED.get(status);
  return code === undefined ? { kind: "pending", status: PENDING.get(status) ?? "unknown" } : failed(code, answer);
}

/** OpenRouter's own address of a video asks for our key, so a user could not open it. */
function needsNoKey(url: unknown): boolean {
  return typeof url === "string" && !/^https:\/\/openrouter\.ai\//i.test(url);
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
