// A video that is being made: at once, slow, paused, canceling, or running on another device.
import { progressOf, type GenerationSnapshot, type VideoTile } from "@video-engine/video-sdk";
import { useVideoEngine } from "@video-engine/video-sdk/react";
import type { ReactNode } from "react";
import { Icon } from "../ui/icon.tsx";
import { useNow } from "../ui/use-now.ts";
import { phaseLabel } from "./phase-label.ts";

/** The inside of a loading tile. */
export function LoadingTile({ tile }: { readonly tile: VideoTile }): ReactNode {
  const { snapshot, isStale } = tile;
  if (snapshot !== undefined) return <DrivenTile snapshot={snapshot} />;
  return (
    <div className={isStale ? "loading" : "loading shimmer"} data-phase={isStale ? "stale" : "elsewhere"}>
      <p className="loading-label">
        <Icon name={isStale ? "warning" : "clock"} />
        {isStale ? "No news for ten minutes" : "Being made elsewhere"}
      </p>
    </div>
  );
}

function DrivenTile({ snapshot }: { readonly snapshot: GenerationSnapshot }): ReactNode {
  const { get } = useVideoEngine();
  const { phase, isPaused, isSlow, isCanceling, acceptedAt, id } = snapshot;
  const now = useNow(phase === "polling" && !isPaused);
  const { fraction, renderingMs } = progressOf(snapshot, Math.max(now, acceptedAt ?? 0));
  const label = phaseLabel(snapshot);
  return (
    <div className={isPaused ? "loading" : "loading shimmer"} data-phase={phase} data-paused={isPaused || undefined}>
      <p className="loading-label">
        {isPaused ? <Icon name="pause" /> : isSlow ? <Icon name="clock" /> : null}
        {label}
        {renderingMs !== undefined && !isPaused && <span className="loading-time">{clockOf(renderingMs)}</span>}
      </p>
      <progress aria-label={label} value={fraction} />
      <button
        type="button"
        className="button button-small"
        disabled={isCanceling}
        onClick={() => void get(id)?.cancel()}
      >
        Cancel
      </button>
    </div>
  );
}

/** Minutes and seconds, as `1:05`. */
function clockOf(ms: number): string {
  const seconds = Math.floor(ms / 1_000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}
