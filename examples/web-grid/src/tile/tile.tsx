// One generation in the grid: a box of its shape, and what is known of it.
import type { VideoTile } from "@video-engine/video-sdk";
import { memo, useId, type CSSProperties, type ReactNode } from "react";
import { useRequestOf } from "../memory/remembered-requests.ts";
import { WORDS } from "../words.ts";
import { EndedTile } from "./ended-tile.tsx";
import { FinishedTile } from "./finished-tile.tsx";
import { LoadingTile } from "./loading-tile.tsx";
import type { TileActions } from "./tile-actions.ts";
import { TileTime } from "./tile-time.tsx";

interface Props {
  readonly tile: VideoTile;
  readonly actions: TileActions;
  readonly style: CSSProperties;
  /** Its place among all tiles, from 1, of which only some are in the page. */
  readonly position: number;
  readonly count: number;
}

const BODIES = { loading: LoadingTile, completed: FinishedTile, failed: EndedTile, canceled: EndedTile } as const;

/** Keeps its place and size from the first moment to the finished video. */
export const Tile = memo(
  function Tile({ tile, actions, style, position, count }: Props): ReactNode {
    const titleId = useId();
    const requestOf = useRequestOf();
    const { status, prompt, modelLabel, model, createdAt } = tile;
    const Body = BODIES[status];
    const duration = requestOf(tile)?.duration;
    return (
      <li
        className="tile"
        data-status={status}
        style={style}
        aria-labelledby={titleId}
        aria-posinset={position}
        aria-setsize={count}
      >
        <div className="tile-box">
          <Body tile={tile} actions={actions} />
        </div>
        <h3 id={titleId} className="tile-prompt" title={prompt}>
          {prompt}
        </h3>
        <p className="tile-meta">
          {modelLabel ?? model}
          {typeof duration === "number" && ` · ${WORDS.tile.seconds(duration)}`} · <TileTime at={createdAt} />
        </p>
      </li>
    );
  },
  (before, after) =>
    before.tile === after.tile &&
    before.actions === after.actions &&
    before.position === after.position &&
    before.count === after.count &&
    isSameStyle(before.style, after.style),
);

// Made anew with each scroll.
function isSameStyle(one: CSSProperties, other: CSSProperties): boolean {
  return one.transform === other.transform && one.width === other.width && one["--height"] === other["--height"];
}
