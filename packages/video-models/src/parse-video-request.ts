// Checks a request of unknown origin: its shape, then whether its model can do it. Changes only the prompt's white space.
import { checkAttachments } from "./check-attachments.ts";
import { checkKeyframes } from "./check-keyframes.ts";
import { checkPrompt } from "./check-prompt.ts";
import { checkSettings } from "./check-settings.ts";
import { currentModelOf } from "./current-model-of.ts";
import { settingsWithin } from "./fit-settings.ts";
import { cleanPrompt } from "./prompt-text.ts";
import { getVideoModel, isVideoModelId, type VideoModelId, videoModelIds } from "./registry.ts";
import { readRequestShape } from "./request-shape.ts";
import { UnknownVideoModelError } from "./unknown-video-model-error.ts";
import { VideoRequestError, type VideoRequestErrorCode } from "./video-request-error.ts";
import { issueAt, type VideoRequestIssue } from "./video-request-issue.ts";
import type { VideoRequest } from "./video-request.ts";

/** A request, or everything that is wrong with it. */
export type VideoRequestCheck =
  | { readonly ok: true; readonly request: VideoRequest }
  | { readonly ok: false; readonly code: VideoRequestErrorCode; readonly issues: readonly VideoRequestIssue[] };

/**
 * Checks a value against the shape of a request and against its model, and returns every issue at once. The prompt comes back
 * without control characters and surrounding white space, everything else as given. A retired model is refused with the one that replaces
 * it. Never throws.
 */
export function checkVideoRequest(value: unknown): VideoRequestCheck {
  const { present, fields, issues } = readRequestShape(value);
  const { model, prompt: rawPrompt, ...rest } = fields;
  if (model === undefined) return { ok: false, code: "invalid-request", issues };
  if (!isVideoModelId(model)) return { ok: false, code: "unknown-model", issues: [...issues, unknownModel(model)] };
  const asked = getVideoModel(model);
  if (asked.lifecycle.stage === "retired") return { ok: false, code: "model-retired", issues: [retired(model)] };
  const prompt = rawPrompt === undefined ? undefined : cleanPrompt(rawPrompt);
  const all = [
    ...issues,
    ...(prompt === undefined ? [] : checkPrompt(prompt, asked, present)),
    ...checkSettings(asked, rest, present),
    ...checkAttachments(asked, present),
    ...checkKeyframes(asked, rest.keyframes, settingsWithin(asked, rest, present).duration),
  ];
  if (prompt === undefined || all.length > 0) return { ok: false, code: "invalid-request", issues: all };
  return { ok: true, request: { model, prompt, ...rest } };
}

/** The request in a value, checked as by {@link checkVideoRequest}. Throws {@link VideoRequestError} with every issue. */
export function parseVideoRequest(value: unknown): VideoRequest {
  const check = checkVideoRequest(value);
  if (check.ok) return check.request;
  throw new VideoRequestError(check.code, check.issues);
}

function unknownModel(model: string): VideoRequestIssue {
  return issueAt("model", new UnknownVideoModelError(model, videoModelIds()).message, { value: model });
}

function retired(modelId: VideoModelId): VideoRequestIssue {
  const current = currentModelOf(modelId);
  const nameOf = (id: VideoModelId) => `${getVideoModel(id).label} ("${id}")`;
  const message = `${nameOf(modelId)} is retired. Use ${nameOf(current)} instead.`;
  return issueAt("model", message, { value: modelId, allowed: [current] });
}
