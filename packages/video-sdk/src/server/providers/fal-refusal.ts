// Reads why fal refused or failed a job, from its two error shapes: `{ detail: [{ loc, msg, type }] }` of models, and
// `{ detail: "text", error_type }` of the platform. Decides by the machine words only, and never passes a text on.
import * as z from "zod";
import { VIDEO_ERRORS, videoErrorData, type VideoErrorCode, type VideoErrorData } from "../../errors.ts";
import type { ProviderAnswer } from "./provider-answer.ts";

/** One reason, in fal's machine words. */
export interface FalReason {
  readonly type: string;
  /** The input field it is about. */
  readonly field?: string | undefined;
}

// Limits what reaches a user: a short machine word, never a sentence, a link or a prompt.
const machineWord = z.string().check(z.regex(/^[a-z][\w.]{0,63}$/i));
// Lenient about everything but the words: an unexpected member must not hide a reason.
const reasonSchema = z.object({ type: machineWord, loc: z.catch(z.array(z.unknown()), []) });
const bodySchema = z.object({ detail: z.catch(z.array(z.unknown()), []), error_type: z.optional(z.unknown()) });

/** Error types that mean something else than their HTTP status. From fal's error pages. */
const TYPE_CODES = new Map<string, VideoErrorCode>([
  ["content_policy_violation", "content-rejected"],
  ["client_cancelled", "canceled"],
  ["no_media_generated", "provider-failed"],
  ["internal_server_error", "provider-failed"],
  ["generation_timeout", "provider-failed"],
  ["downstream_service_error", "provider-failed"],
  ["downstream_service_unavailable", "provider-failed"],
]);
const MAX_REASONS = 5;
const INPUT_STATUSES = [400, 413, 415, 422];

/** The first five reasons in an answer, without its texts. Empty when there is none that can be read. */
export function falReasonsOf(body: unknown): FalReason[] {
  const parsed = bodySchema.safeParse(body);
  if (!parsed.success) return [];
  const { detail, error_type } = parsed.data;
  return [...detail, { type: error_type }].flatMap(toReason).slice(0, MAX_REASONS);
}

/** Our error for an input that fal refused, or a job that failed. */
export function falRefusal(answer: ProviderAnswer, reasons: readonly FalReason[]): VideoErrorData {
  const byType = reasons.flatMap(({ type }) => TYPE_CODES.get(type) ?? [])[0];
  const byStatus = answer.isReached && INPUT_STATUSES.includes(answer.status) ? "provider-rejected" : "provider-failed";
  const code = byType ?? byStatus;
  const isExplained = code === "provider-rejected" && reasons.length > 0;
  if (!isExplained) return videoErrorData(code, { details: { provider: "fal" } });
  const named = reasons.map(({ type, field }) => (field === undefined ? type : `${type} (${field})`)).join(", ");
  const message = `${VIDEO_ERRORS[code].message} Reason: ${named}.`;
  return videoErrorData(code, { message, details: { provider: "fal", reasons } });
}

function toReason(entry: unknown): FalReason[] {
  const parsed = reasonSchema.safeParse(entry);
  if (!parsed.success) return [];
  const { type, loc } = parsed.data;
  const field = machineWord.safeParse(loc.at(-1));
  return [field.success ? { type, field: field.data } : { type }];
}
