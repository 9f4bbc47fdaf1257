// What can be attached again: results of the session that is shown, and earlier uploads. Pure.
import type { VideoTile } from "@video-engine/video-sdk";
import { WORDS } from "../words.ts";
import type { RememberedUpload } from "./remembered-uploads.ts";

/** One of them. */
export interface EarlierFile {
  readonly url: string;
  readonly name: string;
  /** What it looks like, where there is a picture of it. */
  readonly picture: string | undefined;
}

/** Those of one kind: results first, each newest first. A result is a clip itself, and a picture by its first frame. */
export function earlierFiles(
  tiles: readonly VideoTile[],
  uploads: readonly RememberedUpload[],
  kind: RememberedUpload["kind"],
): readonly EarlierFile[] {
  const results = tiles.flatMap(({ videos: [video], previewImage: picture, prompt }): readonly EarlierFile[] => {
    if (video === undefined) return [];
    if (kind === "video") return [{ url: video, name: prompt, picture }];
    return picture === undefined ? [] : [{ url: picture, name: WORDS.earlier.firstFrame(prompt), picture }];
  });
  const uploaded = uploads
    .filter((upload) => upload.kind === kind)
    .map(({ url, name }) => ({ url, name, picture: kind === "image" ? url : undefined }));
  return [...results, ...uploaded];
}
