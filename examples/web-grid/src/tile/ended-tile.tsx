// A generation that ended without a video: why, and whether it was charged.
import type { VideoTile } from "@video-engine/video-sdk";
import type { ReactNode } from "react";
import { Icon } from "../ui/icon.tsx";
import { SETTLEMENTS, WORDS } from "../words.ts";
import type { TileActions } from "./tile-actions.ts";

interface Props {
  readonly tile: VideoTile;
  readonly actions: TileActions;
}

/** The inside of a tile that failed or was canceled. */
export function EndedTile({ tile, actions }: Props): ReactNode {
  const { status, error, snapshot, isRefunded, rowId } = tile;
  const { remove } = actions;
  const settlement = snapshot?.settlement ?? (isRefunded ? "released" : undefined);
  return (
    <div className="ended" data-status={status} data-code={snapshot?.error?.code}>
      <p className="ended-reason">
        <Icon name={status === "canceled" ? "close" : "warning"} />
        <span>{status === "canceled" ? WORDS.tile.canceled : error}</span>
      </p>
      {settlement !== undefined && <p className="ended-charge">{SETTLEMENTS[settlement]}</p>}
      <div className="ended-actions">
        {status === "failed" && (
          <button type="button" className="button" onClick={() => actions.retry(tile)}>
            {WORDS.tile.retry}
          </button>
        )}
        <button type="button" className="button" onClick={() => actions.reuse(tile)}>
          {WORDS.tile.reuse}
        </button>
        {remove !== undefined && rowId !== undefined && (
          <button type="button" className="button" onClick={() => remove(tile)}>
            {WORDS.tile.dismiss}
          </button>
        )}
      </div>
    </div>
  );
}
