// Checks the kind and number of attachments against what the model takes. Does not look into a URL or an image.
import { type AttachedThings, ATTACHMENT_FIELDS, attachmentFieldsOf, isAttached } from "./attached.ts";
import { type AttachmentChoices, type AttachmentNeed, choicesOf } from "./choices.ts";
import type { VideoModel } from "./model.ts";
import { issueAt, type VideoRequestIssue } from "./video-request-issue.ts";

/** The attachments that the model does not take, needs and lacks, or has too many of. */
export function checkAttachments(model: VideoModel, attached: AttachedThings): readonly VideoRequestIssue[] {
  const taken = attachmentFieldsOf(model);
  const strangers = ATTACHMENT_FIELDS.filter((field) => isAttached(attached[field]) && !taken.includes(field));
  const instead = taken.length > 0 ? `, but ${taken.join(", ")}` : "";
  const choices = choicesOf(model, { attachments: attached }).attachments;
  return [
    ...strangers.map((field) => issueAt(field, `${model.label} does not take this${instead}.`)),
    ...missing(model.label, choices, attached),
    ...tooMuch(model.label, choices, attached),
  ];
}

type Check = (label: string, choices: AttachmentChoices, attached: AttachedThings) => readonly VideoRequestIssue[];

const missing: Check = (label, { image, startFrame, endFrame, references }, attached) => {
  const has = (field: keyof AttachedThings) => isAttached(attached[field]);
  const wanted: readonly [keyof AttachedThings, AttachmentNeed, boolean, string][] = [
    ["attachmentImageUrl", image, has("attachmentImageUrl") || has("attachmentImageBytes"), "an image"],
    ["startFrameImageUrl", startFrame, has("startFrameImageUrl"), "a first frame"],
    ["endFrameImageUrl", endFrame, has("endFrameImageUrl"), "a last frame"],
    ["klingO1Images", references.need, references.used > 0, `1 to ${references.max} images or elements, or a video`],
  ];
  return wanted.flatMap(([field, need, isThere, what]) =>
    need === "required" && !isThere ? issueAt(field, `${label} needs ${what}.`) : [],
  );
};

const tooMuch: Check = (label, { references: { max, used } }, attached) => [
  ...(isAttached(attached.attachmentImageUrl) && isAttached(attached.attachmentImageBytes)
    ? [issueAt("attachmentImageBytes", "Give only one image.")]
    : []),
  ...(used > max
    ? [issueAt("klingO1Images", `${label} takes at most ${max} images and elements here; ${used} are attached.`)]
    : []),
];
