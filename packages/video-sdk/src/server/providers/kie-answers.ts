// Reads kie.ai's answers to a create and to a record. The real status is the `code` inside the body, which may be an error under
// HTTP 200. Pure; the calls are made in kie-provider.ts.
import { VIDEO_MODELS, type VideoModelId } from "@video-engine/video-models";
import * as z from "zod";
import { VideoError, videoErrorData, type VideoErrorCode } from "../../errors.ts";
import { findVideos, videosAt, type FoundVideos } from "../../find-videos.ts";
import { saysEnded } from "../../protocol.ts";
import { isRequestId, type ProviderJobAnswer, type ProviderJobStatus, type ProviderSubmission } from "./provider.ts";
import { readJson, type ProviderAnswer } from "./provider-answer.ts";
import {
  accountRefused,
  keyRefused,
  modelRetired,
  providerRateLimited,
  providerUnavailable,
  submitUnanswered,
} from "./provider-errors.ts";
import { inUnknownState, readFinished } from "./read-finished.ts";
import type { VideoUrlRule } from "./sort-video-urls.ts";
import { takenJobIn } from "./taken-job.ts";

/** A number or its text. 0 counts as none: it is how other services say success. */
const bodySchema = z.object({ code: z.union([z.number(), z.string().check(z.regex(/^\d{1,4}$/))]) });
const filledSchema = z.object({ data: z.looseObject({}) });
const createdSchema = z.object({ data: z.object({ taskId: z.string().check(z.refine(isRequestId)) }) });
const recordSchema = z.object({
  data: z.looseObject({
    state: z.optional(z.string()),
    status: z.optional(z.unknown()),
    resultJson: z.optional(z.unknown()),
  }),
});

/** Reads the answer to createTask. Throws unless kie took the task. */
export function readKieCreate(answer: ProviderAnswer, modelId: VideoModelId): ProviderSubmission {
  const code = codeOf(answer);
  const created = createdSchema.safeParse(answer.isReached ? answer.body : undefined);
  const requestId = created.success ? created.data.data.taskId : takenJobIn(answer.isReached ? answer.body : undefined);
  if (code === 200 && requestId !== undefined) return { kind: "accepted", requestId };
  throwForAccount(answer, code);
  // Said by something in front of kie, which made no task.
  if (code !== undefined && code < 500 && ![408, 499].includes(code) && !isOwn(answer))
    throw providerUnavailable("kie", answer);
  // kie also answers 422 for a model that it has dropped; the registry tells which 422 that is.
  const isDropped = code === 422 && VIDEO_MODELS[modelId].lifecycle.stage === "retired";
  if (code === 404 || code === 410 || isDropped) throw modelRetired("kie", modelId, answer);
  // Maintenance: refused before a task was made.
  if (code === 455) throw providerUnavailable("kie", answer);
  if (code === 400 || code === 422 || code === 505) {
    // 422 also stands for moderation, which only the text tells, and texts decide nothing here.
    throw new VideoError("provider-rejected", { details: { provider: "kie" }, cause: answer });
  }
  throw submitUnanswered("kie", answer);
}

/**
 * Reads the answer to recordInfo. Throws when it does not tell the state of the task. A task that kie does not know is `starting`:
 * new tasks are unknown for about half a minute, and without a store they look like ids that never existed. The deadline of the
 * polling ends it.
 */
export function readKieRecord(answer: ProviderAnswer, rule: VideoUrlRule | undefined): ProviderJobAnswer {
  const code = codeOf(answer);
  if (code === 404 || code === 422) return { kind: "pending", status: "starting" };
  if ((code === 408 || code === 501) && isOwn(answer)) return failed("provider-failed", answer);
  throwForAccount(answer, code);
  if (code !== 200 || !answer.isReached) throw providerUnavailable("kie", answer);
  const record = recordSchema.safeParse(answer.body);
  if (!record.success) return { kind: "pending", status: "starting" };
  const { state: documented, status, resultJson } = record.data.data;
  const state = (documented ?? (typeof status === "string" ? status : "")).toLowerCase();
  if (state === "") return { kind: "pending", status: "starting" };
  if (state === "fail" || state === "failed") return failed("provider-failed", answer);
  const pending = PENDING.get(state);
  if (pending !== undefined) return { kind: "pending", status: pending };
  const found = resultIn(record.data.data, resultJson);
  // Before success resultJson may hold a sample.
  if (!saysEnded(state)) return inUnknownState(found, answer.body);
  const missing = state === "success" ? (): ProviderJobAnswer => failed("result-missing", answer) : undefined;
  return readFinished({ found, rule, body: answer.body, missing });
}

/** The videos of a success: in `resultJson`, a text or an object, or else beside it. */
function resultIn(data: object, resultJson: unknown): FoundVideos {
  const result = typeof resultJson === "string" ? (readJson(resultJson) ?? resultJson) : resultJson;
  const urls = typeof result === "object" && result !== null && "resultUrls" in result ? result.resultUrls : undefined;
  const known = urls === undefined ? findVideos(result, { isDeep: true }) : videosAt(urls);
  if (known.urls.length > 0) return known;
  const beside = findVideos({ ...data, result }, { isDeep: true });
  if (beside.urls.length > 0) return beside;
  // A result without the list is an empty place where there is nothing in it, such as null.
  return urls === undefined ? { urls: [], place: videosAt(result).place } : known;
}

const PENDING = new Map<string, ProviderJobStatus>([
  ["waiting", "queued"],
  ["queuing", "queued"],
  ["generating", "running"],
]);

// The code inside the body decides; without one, an HTTP status that is an error, or data. Undefined: the answer cannot be read.
function codeOf(answer: ProviderAnswer): number | undefined {
  if (!answer.isReached) return undefined;
  const body = bodySchema.safeParse(answer.body);
  const code = body.success ? Number(body.data.code) : 0;
  if (code !== 0) return code;
  if (answer.status >= 400) return answer.status;
  return filledSchema.safeParse(answer.body).success ? 200 : undefined;
}

// Whether kie itself answered, and not something in front of it.
function isOwn(answer: ProviderAnswer): boolean {
  return answer.isReached && bodySchema.safeParse(answer.body).success;
}

function failed(code: VideoErrorCode, cause: ProviderAnswer): ProviderJobAnswer {
  return { kind: "failed", error: videoErrorData(code, { details: { provider: "kie" } }), cause };
}

function throwForAccount(answer: ProviderAnswer, code: number | undefined): void {
  if (code === 401) throw keyRefused("kie", answer);
  // 402: no credits; 403: the firewall in front; 433: the cap of a sub-key.
  if (code === 402 || code === 403 || code === 433) throw accountRefused("kie", answer);
  if (code === 429) throw providerRateLimited("kie", answer);
}
