// A finished video.
import type { VideoTile } from "@video-engine/video-sdk";
import type { ReactNode } from "react";
import { Icon } from "../ui/icon.tsx";
import { Player } from "./player.tsx";
import type { TileActions } from "./tile-actions.ts";

interface Props {
  readonly tile: VideoTile;
  readonly actions: TileActions;
}

/** The inside of a finished tile: a player, and ways to go on from it. */
export function FinishedTile({ tile, actions }: Props): ReactNode {
  const { videos, previewImage, prompt } = tile;
  const [url] = videos;
  if (url === undefined) return null;
  return (
    <>
      <Player key={url} url={url} poster={previewImage} label={prompt} />
      <div className="tile-actions">
        <button
          type="button"
          className="icon-button"
          aria-label="Use this prompt again"
          onClick={() => actions.reuse(tile)}
        >
          <Icon name="again" />
        </button>
        <button
          type="button"
          className="icon-button"
          aria-label="Edit this video with Kling O1"
          onClick={() => actions.edit(url)}
        >
          <Icon name="edit" />
        </button>
      </div>
    </>
  );
}
