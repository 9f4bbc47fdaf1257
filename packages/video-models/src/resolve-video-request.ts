// Decides every setting of a request: what is priced, recorded and sent.
// parse-video-request.ts checks the prompt, the URLs and the number of attachments.
import { attachmentFieldsOf, isAttached, modeOf } from "./attached.ts";
import { fieldNotes, type FieldNote } from "./field-note.ts";
import { type FittedSettings, settingsWithin } from "./fit-settings.ts";
import type { VideoModel } from "./model.ts";
import { inMeaning, meaningOf } from "./meaning.ts";
import { meaningNotes } from "./meaning-notes.ts";
import { ALL_MODELS, type ModelLookup } from "./model-lookup.ts";
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
  return resolveIn(ALL_MODELS, request);
}

/** The same for the models of one registry. */
export function resolveIn(lookup: ModelLookup, given: VideoRequest): VideoRequestResolution {
  const meaning = meaningOf(lookup, given.model, given);
  const request = { ...inMeaning(meaning, given), model: meaning.model };
  const model = lookup.get(request.model);
  const attachments = takenAttachments(model, request);
  const settings = settingsWithin(model, request, attachments);
  const unused = unusedOf(request, settings);
  const resolved: ResolvedVideoRequest = {
    model: request.model,
    prompt: request.prompt,
    mode: modeOf(model, attachments),
    ...settings,
    ...(unused && { unused }),
    ...attachments,
  };
  return { request: resolved, notes: [...meaningNotes(lookup, given), ...fieldNotes(model, request, resolved)] };
}

/** What was asked for where there is no such control. */
function unusedOf(asked: VideoRequest, settings: FittedSettings): ResolvedVideoRequest["unused"] {
  const { aspectRatio, duration, resolution } = asked;
  const unused = {
    ...(aspectRatio && !settings.aspectRatio && { aspectRatio }),
    ...(duration && !settings.duration && { duration }),
    ...(resolution && !settings.resolution && { resolution }),
  };
  return Object.keys(unused).length > 0 ? unused : undefined;
}

type Writable<T> = { -readonly [K in keyof T]: T[K] };

function takenAttachments(model: VideoModel, { klingO1Images, ...others }: VideoRequest): VideoAttachments {
  const taken: Writable<VideoAttachments> = {};
  const from: VideoAttachments = { ...others, ...(klingO1Images && { klingO1Images: urlsOf(klingO1Images) }) };
  for (const field of attachmentFieldsOf(model)) copyField(field, from, taken);
  return taken;
}

/** A list of anything else is an untyped caller's mistake, which `checkVideoRequest` names. */
function urlsOf(images: NonNullable<VideoRequest["klingO1Images"]>): readonly string[] {
  if (!Array.isArray(images)) return images as never;
  return images.map((image) => (typeof image === "object" && image !== null ? image.url : image));
}

function copyField<K extends keyof VideoAttachments>(field: K, from: VideoAttachments, to: Writable<VideoAttachments>) {
  const value = from[field];
  if (isAttached(value)) to[field] = value;
}
