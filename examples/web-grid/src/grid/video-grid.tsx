// The grid of the session that is shown: its videos, and rows of other types beside them; or what to do while it is empty.
import { useState, type ReactNode } from "react";
import { useSessions } from "../first/first-content.ts";
import { EmptyGrid } from "./empty-grid.tsx";
import type { TileActions } from "./tile-actions.ts";
import { OtherTile } from "./other-tile.tsx";
import { Tile } from "./tile.tsx";
import { useContent, type Content } from "./use-content.ts";

interface Props {
  readonly actions: TileActions;
  /** Takes an idea for a prompt. */
  readonly onIdea: (prompt: string) => void;
}

/** All that is in the session, newest first. */
export function VideoGrid({ actions, onIdea }: Props): ReactNode {
  const content = useContent();
  const { isLoading, currentId } = useSessions();
  if (content.length === 0) return isLoading ? <GridSkeleton /> : <EmptyGrid onIdea={onIdea} />;
  // By the session's id: each one begins with its newest page.
  return <Pages key={currentId} content={content} actions={actions} />;
}

/** How many tiles are added at a time. */
const PAGE = 24;

/** The newest page, and earlier ones when they are asked for. */
function Pages({ content, actions }: Pick<Props, "actions"> & { readonly content: readonly Content[] }): ReactNode {
  const [shown, setShown] = useState(PAGE);
  const left = content.length - shown;
  return (
    <>
      <ul className="grid" aria-label="Videos">
        {content
          .slice(0, shown)
          .map((one) =>
            one.kind === "video" ? (
              <Tile key={one.key} tile={one.tile} actions={actions} />
            ) : (
              <OtherTile key={one.key} row={one.row} />
            ),
          )}
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
