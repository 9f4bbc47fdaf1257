// A generation that ended without a video: why, and whether it was charged.
import type { VideoTile } from "@video-engine/video-sdk";
import type { ReactNode } from "react";
import { Icon } from "../ui/icon.tsx";
import { SETTLEMENT_SENTENCES } from "./settlement-sentences.ts";
import type { TileActions } from "./tile-actions.ts";

interface Props {
  readonly tile: VideoTile;
  readonly actions: TileActions;
}

/** The inside of a tile that failed or was canceled. */
export function EndedTile({ tile, actions }: Props): ReactNode {
  const { status, error, snapshot, isRefunded } = tile;
  const settlement = snapshot?.settlement ?? (isRefunded ? "released" : undefined);
  return (
    <div className="ended" data-code={snapshot?.error?.code}>
      <Icon name={status === "canceled" ? "close" : "warning"} />
      <p className="ended-reason">{status === "canceled" ? "Canceled." : error}</p>
      {settlement !== undefined && <p className="ended-charge">{SETTLEMENT_SENTENCES[settlement]}</p>}
      <button type="button" className="button button-small" onClick={() => actions.reuse(tile)}>
        Use this prompt again
      </button>
    </div>
  );
}
