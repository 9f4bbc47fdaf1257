// What can be attached again: results of this session, and earlier uploads. Pure.
import type { VideoTile } from "@video-engine/video-sdk";
import type { FileKind } from "../composer/use-attach.ts";
import { WORDS } from "../words.ts";
import type { RememberedUpload } from "./remembered-uploads.ts";

/** One of them. */
export interface EarlierFile {
  readonly url: string;
  readonly name: string;
  readonly kind: FileKind;
}

/** By where they come from, newest first. */
export interface EarlierFiles {
  readonly results: readonly EarlierFile[];
  readonly uploads: readonly EarlierFile[];
}

/** Those of one kind. A result is a clip itself, and a picture by its first frame. */
export function earlierFiles(
  tiles: readonly VideoTile[],
  uploads: readonly RememberedUpload[],
  kind: FileKind,
): EarlierFiles {
  const results = tiles.flatMap(({ videos: [video], previewImage, prompt }): readonly EarlierFile[] => {
    if (kind === "video") return video === undefined ? [] : [{ url: video, name: prompt, kind }];
    return kind === "image" && video !== undefined && previewImage !== undefined
      ? [{ url: previewImage, name: WORDS.earlier.firstFrame(prompt), kind }]
      : [];
  });
  return { results, uploads: uploads.filter((upload) => upload.kind === kind) };
}
