// The shape of a tile's video.
import type { VideoTile } from "@video-engine/video-sdk";

/** Width over height. */
export function shapeOf({ aspectRatio }: VideoTile): number {
  const [width = 16, height = 9] = aspectRatio.split(":").map(Number);
  return width / height;
}
