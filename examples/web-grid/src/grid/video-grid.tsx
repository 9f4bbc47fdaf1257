// The grid of the session that is shown, or what to do while it is empty.
import { useVideoSessions, useVideoTiles } from "@video-engine/video-sdk/react";
import type { ReactNode } from "react";
import { EmptyGrid } from "./empty-grid.tsx";
import type { TileActions } from "./tile-actions.ts";
import { Tile } from "./tile.tsx";

interface Props {
  readonly actions: TileActions;
  /** Takes an idea for a prompt. */
  readonly onIdea: (prompt: string) => void;
}

/** All videos of the session, newest first. */
export function VideoGrid({ actions, onIdea }: Props): ReactNode {
  const tiles = useVideoTiles();
  const { isLoading } = useVideoSessions();
  if (tiles.length === 0) return isLoading ? <GridSkeleton /> : <EmptyGrid onIdea={onIdea} />;
  return (
    <ul className="grid" aria-label="Videos">
      {tiles.map((tile) => (
        <Tile key={tile.key} tile={tile} actions={actions} />
      ))}
    </ul>
  );
}

/** Boxes in the place of tiles that are not known yet. */
function GridSkeleton(): ReactNode {
  return (
    <div className="grid" aria-hidden="true">
      {[16 / 9, 1, 16 / 9].map((ratio, index) => (
        <div key={index} className="tile" style={{ "--ratio": ratio }}>
          <div className="tile-box shimmer" />
        </div>
      ))}
    </div>
  );
}
