// What a prompt can name with an `@`: the files that the models of references number by themselves. Pure.
import type { AttachedFiles, AttachmentSource } from "@video-engine/video-sdk";
import type { FileKind } from "./attached-files.ts";

/** One name. */
export interface Mention {
  /** As the model reads it, without the `@`. */
  readonly name: string;
  readonly kind: FileKind;
  readonly source: AttachmentSource;
}

/** The names of these files, in the order in which they are sent. */
export function mentionsIn(files: AttachedFiles): readonly Mention[] {
  const numbered = (noun: string, kind: FileKind, sources: readonly AttachmentSource[] = []): readonly Mention[] =>
    sources.map((source, index) => ({ name: `${noun}${index + 1}`, kind, source }));
  return [
    ...numbered("Image", "image", files.klingO1Images ?? files.referenceImageUrls),
    ...numbered(
      "Element",
      "image",
      files.klingO1Elements?.map(({ frontalImageUrl }) => frontalImageUrl),
    ),
    ...numbered("Video", "video", files.klingO1Video === undefined ? files.referenceVideoUrls : [files.klingO1Video]),
    ...numbered("Audio", "audio", files.referenceAudioUrls),
  ];
}

/** The name that is being typed before the caret: what follows the `@`, and where that stands. */
export function mentionBefore(
  text: string,
  caret: number,
): { readonly at: number; readonly typed: string } | undefined {
  const [, typed] = /(?:^|[\s(,.])@(\w*)$/.exec(text.slice(0, caret)) ?? [];
  return typed === undefined ? undefined : { at: caret - typed.length - 1, typed };
}

/** The id of a choice, for the field that names it as the active one. */
export const optionId = (listId: string, { name }: Mention): string => `${listId}-${name}`;
