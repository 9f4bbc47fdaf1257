// The grid of the session that is shown: its videos, and rows of other types beside them; or what to do while it is empty.
import type { ReactNode, RefObject } from "react";
import { useSessions } from "../first/first-content.ts";
import type { TileActions } from "../tile/tile-actions.ts";
import { EmptyGrid } from "./empty-grid.tsx";
import type { Content } from "./use-content.ts";
import { VirtualGrid } from "./virtual-grid.tsx";

interface Props {
  readonly content: readonly Content[];
  readonly actions: TileActions;
  readonly scroller: RefObject<HTMLElement | null>;
  /** Takes an idea for a prompt. */
  readonly onIdea: (prompt: string) => void;
}

/** All that is in the session, newest first. */
export function VideoGrid({ content, actions, scroller, onIdea }: Props): ReactNode {
  const { isLoading, currentId } = useSessions();
  if (content.length === 0) return isLoading ? <GridSkeleton /> : <EmptyGrid onIdea={onIdea} />;
  // By the session's id: each one begins at its top.
  return <VirtualGrid key={currentId} content={content} actions={actions} scroller={scroller} />;
}

/** Boxes in the place of tiles that are not known yet. */
function GridSkeleton(): ReactNode {
  return (
    <div className="skeleton" aria-hidden="true">
      {[16 / 9, 1, 16 / 9].map((ratio, index) => (
        <div key={index} className="skeleton-box" style={{ "--ratio": ratio }} />
      ))}
    </div>
  );
}
