// The grid of the session that is shown, or what to do while it is empty.
import { useVideoSessions, useVideoTiles } from "@video-engine/video-sdk/react";
import type { VideoTile } from "@video-engine/video-sdk";
import { useState, type ReactNode } from "react";
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
  const { isLoading, currentId } = useVideoSessions();
  if (tiles.length === 0) return isLoading ? <GridSkeleton /> : <EmptyGrid onIdea={onIdea} />;
  // By the session's id: each one begins with its newest page.
  return <Pages key={currentId} tiles={tiles} actions={actions} />;
}

/** How many tiles are added at a time. */
const PAGE = 24;

/** The newest page, and earlier ones when they are asked for. */
function Pages({ tiles, actions }: Pick<Props, "actions"> & { readonly tiles: readonly VideoTile[] }): ReactNode {
  const [shown, setShown] = useState(PAGE);
  const left = tiles.length - shown;
  return (
    <>
      <ul className="grid" aria-label="Videos">
        {tiles.slice(0, shown).map((tile) => (
          <Tile key={tile.key} tile={tile} actions={actions} />
        ))}
      </ul>
      {left > 0 && (
        <button type="button" className="button grid-more" onClick={() => setShown(shown + PAGE)}>
          Show earlier ({left} more)
        </button>
      )}
    </>
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
