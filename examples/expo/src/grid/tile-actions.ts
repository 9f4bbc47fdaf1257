// What can be done with a tile.
import type { VideoTile } from "@video-engine/video-sdk";

/** The ways on from a tile. */
export interface TileActions {
  /** Shows a finished video large. */
  open(tile: VideoTile): void;
  /** Shows what can be done with a finished video. */
  showMore(tile: VideoTile): void;
  /** Puts everything that made it into the draft: prompt, model, settings and files, as far as they are known. */
  reuse(tile: VideoTile): void;
  /** Sends the same request once more, with its files; where it is not known any more, puts what is into the draft. */
  retry(tile: VideoTile): void;
  /** Takes a finished video as the clip to edit. */
  edit(tile: VideoTile): void;
  /** Takes the first picture of a finished video as the one to begin with. */
  startFrom(tile: VideoTile): void;
  /** Hands a finished video to the device's other apps; in a browser saves it as a file. */
  share(tile: VideoTile): void;
  /** Removes its row. Undefined where the backend cannot. */
  readonly remove: ((tile: VideoTile) => void) | undefined;
}
