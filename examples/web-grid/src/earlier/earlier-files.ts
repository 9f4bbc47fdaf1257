// What can be attached again: results of this session, and earlier uploads. Pure.
import type { VideoTile } from "@video-engine/video-sdk";
import type { FileKind } from "../composer/attached-files.ts";
import { WORDS } from "../words.ts";
import type { RememberedUpload } from "./remembered-uploads.ts";

/** One of them. */
export interface EarlierFile {
  readonly url: string;
  readonly name: string;
  readonly kind: FileKind;
  /** What it looks like, where there is a picture of it. */
  readonly picture: string | undefined;
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
  const results = tiles.flatMap(({ videos: [video], previewImage: picture, prompt }): readonly EarlierFile[] => {
    if (kind === "video") return video === undefined ? [] : [{ url: video, name: prompt, kind, picture }];
    return kind === "image" && video !== undefined && picture !== undefined
      ? [{ url: picture, name: WORDS.earlier.firstFrame(prompt), kind, picture }]
      : [];
  });
  return {
    results,
    uploads: uploads
      .filter((upload) => upload.kind === kind)
      .map((upload) => ({ ...upload, picture: kind === "image" ? upload.url : undefined })),
  };
}
