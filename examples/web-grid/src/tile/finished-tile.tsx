// A finished video: its picture, which plays while the pointer is on it, and ways to go on from it.
import type { VideoTile } from "@video-engine/video-sdk";
import { lazy, Suspense, useState, type PointerEvent, type ReactNode } from "react";
import { useShowable } from "../showable.ts";
import { Icon } from "../ui/icon.tsx";
import { WORDS } from "../words.ts";
import type { TileActions } from "./tile-actions.ts";

interface Props {
  readonly tile: VideoTile;
  readonly actions: TileActions;
}

const TileMenu = lazy(async () => ({ default: (await import("./tile-menu.tsx")).TileMenu }));

/** The inside of a finished tile. */
export function FinishedTile({ tile, actions }: Props): ReactNode {
  const {
    videos: [url],
    previewImage,
    prompt,
  } = tile;
  const [isPlaying, setPlaying] = useState(false);
  if (url === undefined) return null;
  const enter = ({ pointerType }: PointerEvent): void => {
    // A finger has no way to only point at something.
    if (pointerType === "mouse" && !matchMedia("(prefers-reduced-motion: reduce)").matches) setPlaying(true);
  };
  return (
    <div onPointerEnter={enter} onPointerLeave={() => setPlaying(false)}>
      <button
        type="button"
        className="tile-play"
        aria-label={WORDS.tile.play(prompt)}
        onClick={() => actions.open(tile)}
      >
        <Still url={url} poster={previewImage} />
        {isPlaying && <Moving url={url} />}
      </button>
      <div className="tile-bar" data-quiet="">
        <Quick name="again" label={WORDS.tile.reuse} onClick={() => actions.reuse(tile)} />
        <Quick name="download" label={WORDS.tile.download} onClick={() => actions.download(tile)} />
        <Suspense fallback={null}>
          <TileMenu tile={tile} actions={actions} />
        </Suspense>
      </div>
    </div>
  );
}

interface QuickProps {
  readonly name: "again" | "download";
  readonly label: string;
  readonly onClick: () => void;
}

function Quick({ name, label, onClick }: QuickProps): ReactNode {
  return (
    <button type="button" className="icon-button tile-quick" aria-label={label} title={label} onClick={onClick}>
      <Icon name={name} />
    </button>
  );
}

/** Its poster; without one, the first frame, which the browser finds. */
function Still({ url, poster }: { readonly url: string; readonly poster: string | undefined }): ReactNode {
  const showable = useShowable();
  if (poster === undefined) return <video src={showable(url)} muted playsInline preload="metadata" tabIndex={-1} />;
  return <img src={showable(poster)} alt="" loading="lazy" decoding="async" />;
}

function Moving({ url }: { readonly url: string }): ReactNode {
  const showable = useShowable();
  return <video src={showable(url)} muted loop autoPlay playsInline tabIndex={-1} />;
}
