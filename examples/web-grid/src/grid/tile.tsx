// One generation in the grid: a box of its shape, and what is known of it.
import type { VideoTile } from "@video-engine/video-sdk";
import { memo, useId, type ReactNode } from "react";
import { EndedTile } from "./ended-tile.tsx";
import { FinishedTile } from "./finished-tile.tsx";
import { LoadingTile } from "./loading-tile.tsx";
import { ratioOf } from "./ratio-of.ts";
import type { TileActions } from "./tile-actions.ts";
import { TileTime } from "./tile-time.tsx";

interface Props {
  readonly tile: VideoTile;
  readonly actions: TileActions;
}

const BODIES = { loading: LoadingTile, completed: FinishedTile, failed: EndedTile, canceled: EndedTile } as const;

/** Keeps its place and size from the first moment to the finished video. */
export const Tile = memo(function Tile({ tile, actions }: Props): ReactNode {
  const titleId = useId();
  const ratio = ratioOf(tile.aspectRatio);
  const Body = BODIES[tile.status];
  return (
    <li
      className="tile"
      data-status={tile.status}
      data-shape={ratio > 1 ? "wide" : "tall"}
      style={{ "--ratio": ratio }}
      aria-labelledby={titleId}
    >
      <div className="tile-box">
        <Body tile={tile} actions={actions} />
      </div>
      <h3 id={titleId} className="tile-prompt">
        {tile.prompt}
      </h3>
      <p className="tile-meta">
        {tile.modelLabel ?? tile.model} · <TileTime at={tile.createdAt} />
      </p>
    </li>
  );
});
