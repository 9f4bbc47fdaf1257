// Decides every setting of a request: what is priced, recorded and sent.
// parse-video-request.ts checks the prompt, the URLs and the number of attachments.
import { attachmentFieldsOf, isAttached, modeOf } from "./attached.ts";
import { fieldNotes, type FieldNote } from "./field-note.ts";
import { settingsWithin } from "./fit-settings.ts";
import type { VideoModel } from "./model.ts";
import { getVideoModel } from "./registry.ts";
import type { ResolvedVideoRequest, VideoAttachments, VideoRequest } from "./video-request.ts";

/** A resolved request, and a note for each field that it does not contain as given. */
export interface VideoRequestResolution {
  readonly request: ResolvedVideoRequest;
  readonly notes: readonly FieldNote[];
}

/**
 * Decides every setting of a request by the rules of `fitSettings`; also of one for a retired model, which stays what it was. Throws only
 * `UnknownVideoModelError`.
 */
export function resolveVideoRequest(request: VideoRequest): VideoRequestResolution {
  return resolveFor(getVideoModel(request.model), request);
}

/** The same with the request's model in hand. */
export function resolveFor(model: VideoModel, request: VideoRequest): VideoRequestResolution {
  const attachments = takenAttachments(model, request);
  const resolved: ResolvedVideoRequest = {
    model: request.model,
    prompt: request.prompt,
    mode: modeOf(model, attachments),
    ...settingsWithin(model, request, attachments),
    ...attachments,
  };
  return { request: resolved, notes: fieldNotes(model, request, resolved) };
}

type Writable<T> = { -readonly [K in keyof T]: T[K] };

function takenAttachments(model: VideoModel, from: VideoAttachments): VideoAttachments {
  const taken: Writable<VideoAttachments> = {};
  for (const field of attachmentFieldsOf(model)) copyField(field, from, taken);
  return taken;
}

function copyField<K extends keyof VideoAttachments>(field: K, from: VideoAttachments, to: Writable<VideoAttachments>) {
  const value = from[field];
  if (isAttached(value)) to[field] = value;
}
