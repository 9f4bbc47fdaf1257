// Checks a request of unknown origin: its shape, then whether its model can do it. Changes only the prompt's white space,
// and says what is meant (`meaning.ts`).
import { checkAttachments } from "./check-attachments.ts";
import { checkKeyframes } from "./check-keyframes.ts";
import { checkPrompt } from "./check-prompt.ts";
import { checkSettings } from "./check-settings.ts";
import { currentIn } from "./current-model-of.ts";
import { settingsWithin } from "./fit-settings.ts";
import { inMeaning, meaningOf } from "./meaning.ts";
import { cleanPrompt } from "./prompt-text.ts";
import { ALL_MODELS, isIn, type ModelLookup } from "./model-lookup.ts";
import type { VideoModelId } from "./registry.ts";
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
 * without control characters and surrounding white space, everything else as given, but for what two frames or one image mean: see
 * {@link VideoRequest}. A retired model is refused with the one that replaces it. Never throws.
 */
export function checkVideoRequest(value: unknown): VideoRequestCheck {
  return checkIn(ALL_MODELS, value);
}

/** The same for the models of one registry. */
export function checkIn(lookup: ModelLookup, value: unknown): VideoRequestCheck {
  const { present, fields, issues } = readRequestShape(value);
  const { model, prompt: rawPrompt, ...rest } = fields;
  if (model === undefined) return { ok: false, code: "invalid-request", issues };
  if (!isIn(lookup, model)) {
    return { ok: false, code: "unknown-model", issues: [...issues, unknownModel(lookup, model)] };
  }
  const meaning = meaningOf(lookup, model, present);
  const asked = lookup.get(meaning.model);
  if (asked.lifecycle.stage === "retired")
    return { ok: false, code: "model-retired", issues: [retired(lookup, meaning.model)] };
  const [things, sound] = [inMeaning(meaning, present), inMeaning(meaning, rest)];
  const prompt = rawPrompt === undefined ? undefined : cleanPrompt(rawPrompt);
  const all = [
    ...issues,
    ...(prompt === undefined ? [] : checkPrompt(prompt, asked, things)),
    ...checkSettings(asked, sound, things),
    ...checkAttachments(asked, things),
    ...checkKeyframes(asked, sound.keyframes, settingsWithin(asked, sound, things).duration),
  ];
  if (prompt === undefined || all.length > 0) return { ok: false, code: "invalid-request", issues: all };
  return { ok: true, request: { model: meaning.model, prompt, ...sound } };
}

/** The request in a value, checked as by {@link checkVideoRequest}. Throws {@link VideoRequestError} with every issue. */
export function parseVideoRequest(value: unknown): VideoRequest {
  const check = checkVideoRequest(value);
  if (check.ok) return check.request;
  throw new VideoRequestError(check.code, check.issues);
}

function unknownModel({ models }: ModelLookup, model: string): VideoRequestIssue {
  return issueAt("model", new UnknownVideoModelError(model, Object.keys(models)).message, { value: model });
}

function retired(lookup: ModelLookup, modelId: VideoModelId): VideoRequestIssue {
  const current = currentIn(lookup, modelId);
  const nameOf = (id: VideoModelId) => `${lookup.get(id).label} ("${id}")`;
  const instead = current === modelId ? "" : ` Use ${nameOf(current)} instead.`;
  return issueAt("model", `${nameOf(modelId)} is retired.${instead}`, {
    value: modelId,
    allowed: current === modelId ? undefined : [current],
  });
}
