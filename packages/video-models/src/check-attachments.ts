// Checks the kind and number of attachments against what the model takes. Does not look into a URL or an image.
import { type AttachmentChoices, attachmentChoicesOf, type AttachmentNeed } from "./attachment-choices.ts";
import {
  type AttachedThings,
  ATTACHMENT_FIELDS,
  attachmentFieldsOf,
  hasImage,
  hasKeyframes,
  inputOf,
  isAnyAttached,
  isAttached,
} from "./attached.ts";
import type { VideoModel } from "./model.ts";
import { issueAt, type VideoRequestIssue } from "./video-request-issue.ts";

/** What is said of models with nothing attached, which is what most requests have. */
const BARE = /* @__PURE__ */ new WeakMap<VideoModel, readonly VideoRequestIssue[]>();

/** The attachments that the model does not take, needs and lacks, or has too many of. */
export function checkAttachments(model: VideoModel, attached: AttachedThings): readonly VideoRequestIssue[] {
  if (isAnyAttached(attached)) return issuesOf(model, attached);
  const issues = BARE.get(model) ?? issuesOf(model, {});
  BARE.set(model, issues);
  return issues;
}

function issuesOf(model: VideoModel, attached: AttachedThings): readonly VideoRequestIssue[] {
  const taken = attachmentFieldsOf(model);
  const strangers = ATTACHMENT_FIELDS.filter((field) => isAttached(attached[field]) && !taken.includes(field));
  const instead = taken.length > 0 ? `, but ${taken.join(", ")}` : "";
  const choices = attachmentChoicesOf(model, attached);
  return [
    ...strangers.map((field) => issueAt(field, `${model.label} does not take this${instead}.`)),
    ...missing(model, choices, attached),
    ...tooMany(model, choices),
    ...contradictory(model, attached),
  ];
}

type Field = keyof AttachedThings;

function missing(model: VideoModel, choices: AttachmentChoices, attached: AttachedThings) {
  const { image, startFrame, endFrame, references, referenceImages, sourceVideo, audio } = choices;
  const has = (field: Field) => isAttached(attached[field]);
  const orVideo = choices.referenceVideos ? ", or a reference video" : "";
  const wanted: readonly [Field, AttachmentNeed | undefined, boolean, string][] = [
    ["attachmentImageUrl", image, hasImage(attached), "an image"],
    ["startFrameImageUrl", startFrame, has("startFrameImageUrl"), "a first frame"],
    ["endFrameImageUrl", endFrame, has("endFrameImageUrl"), "a last frame"],
    ["klingO1Images", references.need, references.used > 0, `1 to ${references.max} images or elements, or a video`],
    [
      "referenceImageUrls",
      referenceImages?.need,
      has("referenceImageUrls"),
      `1 to ${referenceImages?.max} reference images${orVideo}`,
    ],
    ["sourceVideoUrl", sourceVideo, has("sourceVideoUrl"), "a video"],
    ["audioUrl", audio, has("audioUrl"), "a sound"],
  ];
  return wanted.flatMap(([field, need, isThere, what]) =>
    need === "required" && !isThere ? issueAt(field, `${model.label} needs ${what}.`) : [],
  );
}

function tooMany(model: VideoModel, choices: AttachmentChoices): readonly VideoRequestIssue[] {
  const { references, referenceImages, referenceVideos, referenceAudios, keyframes } = choices;
  const most = (field: Field, counted: { readonly max: number; readonly used: number } | undefined, what: string) =>
    counted && counted.used > counted.max
      ? [issueAt(field, `${model.label} takes at most ${counted.max} ${what} here; ${counted.used} are attached.`)]
      : [];
  const used = [referenceImages, referenceVideos, referenceAudios].reduce((sum, one) => sum + (one?.used ?? 0), 0);
  const all = { max: inputOf(model, "media")?.max ?? 0, used };
  const { min = 0, used: given = 0 } = keyframes ?? {};
  return [
    ...most("klingO1Images", references, "images and elements"),
    ...most("referenceImageUrls", referenceImages, "reference images"),
    ...most("referenceVideoUrls", referenceVideos, "reference videos"),
    ...most("referenceAudioUrls", referenceAudios, "reference sounds"),
    ...most("referenceImageUrls", all, "references of all kinds together"),
    ...most("keyframes", keyframes, "keyframes"),
    ...(given > 0 && given < min ? [issueAt("keyframes", `${model.label} needs at least ${min} keyframes.`)] : []),
  ];
}

function contradictory(model: VideoModel, attached: AttachedThings): readonly VideoRequestIssue[] {
  const isTwice = isAttached(attached.attachmentImageUrl) && isAttached(attached.attachmentImageBytes);
  const hasPicture = hasImage(attached) || isAttached(attached.endFrameImageUrl);
  return [
    ...(isTwice ? [issueAt("attachmentImageBytes", "Give only one image.")] : []),
    ...(hasKeyframes(model, attached) && hasPicture
      ? [issueAt("keyframes", `${model.label} takes keyframes or an image, not both.`)]
      : []),
  ];
}
