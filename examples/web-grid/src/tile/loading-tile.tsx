// A video that is being made: at once, slow, paused, canceling, or running on another device.
import { progressOf, type GenerationSnapshot, type VideoTile } from "@video-engine/video-sdk";
import { useVideoEngine } from "@video-engine/video-sdk/react";
import type { ReactNode } from "react";
import { Icon } from "../ui/icon.tsx";
import { useNow } from "../ui/use-now.ts";
import { bytesText, clockText, phaseText, usualText, WORDS } from "../words.ts";
import { hueOf } from "./hue-of.ts";

/** The inside of a loading tile. */
export function LoadingTile({ tile: { snapshot, isStale, key } }: { readonly tile: VideoTile }): ReactNode {
  const style = { "--hue": hueOf(key) };
  if (snapshot !== undefined) return <DrivenTile snapshot={snapshot} style={style} />;
  return (
    <div
      className="loading"
      data-phase={isStale ? "stale" : "elsewhere"}
      data-paused={isStale || undefined}
      style={style}
    >
      <p className="loading-text">
        <Icon name={isStale ? "warning" : "layers"} />
        <strong>{isStale ? WORDS.tile.stale : WORDS.tile.elsewhere}</strong>
        {!isStale && <span>{WORDS.tile.elsewhereHelp}</span>}
      </p>
    </div>
  );
}

interface DrivenProps {
  readonly snapshot: GenerationSnapshot;
  readonly style: { readonly "--hue": number };
}

function DrivenTile({ snapshot, style }: DrivenProps): ReactNode {
  const { get } = useVideoEngine();
  const { phase, isPaused, isSlow, isCanceling, acceptedAt, id } = snapshot;
  const now = useNow(phase === "polling" && !isPaused);
  const { fraction, renderingMs, expectedMs, upload } = progressOf(snapshot, Math.max(now, acceptedAt ?? 0));
  const label = phaseText(snapshot);
  const isRendering = renderingMs !== undefined && !isPaused && phase === "polling";
  return (
    <>
      <div className="loading" data-phase={phase} data-paused={isPaused || undefined} style={style}>
        <p className="loading-text">
          {isPaused ? <Icon name="pause" /> : isSlow ? <Icon name="clock" /> : null}
          <strong>{label}</strong>
          {isRendering && <span>{clockText(renderingMs)}</span>}
          {isRendering && !isSlow && expectedMs !== undefined && <span>{usualText(expectedMs)}</span>}
          {upload !== undefined && <span>{bytesText(upload)}</span>}
        </p>
        <progress aria-label={label} value={fraction} />
      </div>
      <div className="tile-bar">
        <button
          type="button"
          className="icon-button"
          aria-label={isCanceling ? WORDS.tile.canceling : WORDS.tile.cancel}
          title={WORDS.tile.cancel}
          disabled={isCanceling}
          onClick={() => void get(id)?.cancel()}
        >
          <Icon name="close" />
        </button>
      </div>
    </>
  );
}
