// What kie.ai's answers mean: to a create and to a record. Its real status is the `code` inside the body, which may be an
// error under HTTP 200. Pure reading; the calls are made in kie-provider.ts.
import { VIDEO_MODELS, type VideoModelId } from "@video-engine/video-models";
import * as z from "zod";
import { VideoError, videoErrorData, type VideoErrorCode } from "../../errors.ts";
import { isRequestId } from "../request-id.ts";
import { readJson, type ProviderAnswer } from "./provider-answer.ts";
import {
  accountRefused,
  keyRefused,
  modelRetired,
  providerRateLimited,
  providerUnavailable,
  submitUnanswered,
} from "./provider-errors.ts";
import type { ProviderJobAnswer, ProviderJobStatus, ProviderSubmission } from "./provider.ts";
import { usableVideoUrls, type VideoUrlRule } from "./usable-video-urls.ts";

const bodySchema = z.object({ code: z.number() });
const createdSchema = z.object({ data: z.object({ taskId: z.string().check(z.refine(isRequestId)) }) });
const recordSchema = z.object({ data: z.object({ state: z.string(), resultJson: z.nullish(z.string()) }) });
const resultSchema = z.object({ resultUrls: z.array(z.unknown()) });

/** Reads the answer to createTask. Throws unless kie says that it took the task. */
export function readKieCreate(answer: ProviderAnswer, modelId: VideoModelId): ProviderSubmission {
  const code = codeOf(answer);
  const created = createdSchema.safeParse(answer.isReached ? answer.body : undefined);
  if (code === 200 && created.success) return { kind: "accepted", requestId: created.data.data.taskId };
  throwForAccount(answer, code);
  // kie also says 422 of a model it has dropped, so the registry decides which 422 that is.
  const isDropped = code === 422 && VIDEO_MODELS[modelId].retired !== undefined;
  if (code === 404 || code === 410 || isDropped) throw modelRetired("kie", modelId, answer);
  // Maintenance: refused before anything was made.
  if (code === 455) throw providerUnavailable("kie", answer);
  if (code === 400 || code === 422 || code === 505) {
    // 422 also stands for moderation, told apart by its text only, and a text decides nothing here.
    throw new VideoError("provider-rejected", { details: { provider: "kie" }, cause: answer });
  }
  throw submitUnanswered("kie", answer);
}

/**
 * Reads the answer to recordInfo. Throws when it says nothing about the task.
 * A task that kie does not know is `starting`: new tasks are unknown for about half a minute, and without a store there is no
 * telling them from ids that never were. Whoever polls bounds it with a deadline.
 */
export function readKieRecord(answer: ProviderAnswer, rule: VideoUrlRule | undefined): ProviderJobAnswer {
  const code = codeOf(answer);
  if (code === 404 || code === 422) return { kind: "pending", status: "starting" };
  if (code === 408 || code === 501) return failed("provider-failed", answer);
  throwForAccount(answer, code);
  if (code !== 200 || !answer.isReached) throw providerUnavailable("kie", answer);
  const record = recordSchema.safeParse(answer.body);
  if (!record.success) return { kind: "pending", status: "starting" };
  const { state, resultJson } = record.data.data;
  if (state === "fail") return failed("provider-failed", answer);
  // Before success resultJson may hold a sample.
  if (state !== "success") return { kind: "pending", status: PENDING.get(state) ?? "unknown" };
  const result = resultSchema.safeParse(readJson(resultJson ?? ""));
  const videos = usableVideoUrls(result.success ? result.data.resultUrls : [], rule);
  return videos.length > 0 ? { kind: "finished", videos } : failed("result-missing", answer);
}

const PENDING = new Map<string, ProviderJobStatus>([
  ["waiting", "queued"],
  ["queuing", "queued"],
  ["generating", "running"],
]);

// The code inside counts; without one, the HTTP status does where it is an error. Undefined: nothing readable was said.
function codeOf(answer: ProviderAnswer): number | undefined {
  if (!answer.isReached) return undefined;
  const body = bodySchema.safeParse(answer.body);
  if (body.success) return body.data.code;
  return answer.status >= 400 ? answer.status : undefined;
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
