// One video, as large as the window, with all that is known of it.
import type { VideoTile } from "@video-engine/video-sdk";
import { useRef, type KeyboardEvent, type ReactNode, type RefObject } from "react";
import { ratioOf } from "../grid/ratio-of.ts";
import type { Content } from "../grid/use-content.ts";
import { useShowable } from "../showable.ts";
import type { TileActions } from "../tile/tile-actions.ts";
import { TileMenu } from "../tile/tile-menu.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { Icon } from "../ui/icon.tsx";
import { WORDS } from "../words.ts";
import { LargeDetails } from "./large-details.tsx";

interface Props {
  /** The row of the video; undefined closes it. */
  readonly id: string | undefined;
  readonly content: readonly Content[];
  readonly actions: TileActions;
  readonly onClose: () => void;
}

/** A dialog. The arrows lead to the next and the previous video. */
export function LargeView({ id, content, actions, onClose }: Props): ReactNode {
  const player = useRef<HTMLVideoElement>(null);
  const videos = content.flatMap((one) => (one.kind === "video" && one.tile.videos.length > 0 ? [one.tile] : []));
  const at = videos.findIndex(({ rowId }) => rowId === id);
  const tile = videos[at];
  const go = (step: number): void => {
    const next = at === -1 ? undefined : videos[at + step];
    if (next !== undefined) actions.open(next);
  };
  const moveWithArrows = (event: KeyboardEvent): void => {
    // In the player the arrows move through the video.
    if (event.target === player.current || event.defaultPrevented) return;
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step !== undefined) go(step);
  };
  return (
    <Dialog
      isOpen={id !== undefined}
      onClose={onClose}
      title={WORDS.large.name}
      className="large"
      initialFocus={player}
    >
      <div className="large-body" onKeyDown={moveWithArrows}>
        {tile === undefined ? (
          <p className="large-gone">{WORDS.large.gone}</p>
        ) : (
          <Shown key={tile.key} tile={tile} actions={actions} player={player} />
        )}
        <div className="large-bar">
          <Step name="previous" isOff={at <= 0} onClick={() => go(-1)} />
          <Step name="next" isOff={at === -1 || at === videos.length - 1} onClick={() => go(1)} />
          {tile !== undefined && <TileMenu tile={tile} actions={actions} />}
          <button type="button" className="icon-button" aria-label={WORDS.large.close} onClick={onClose}>
            <Icon name="close" />
          </button>
        </div>
      </div>
    </Dialog>
  );
}

interface StepProps {
  readonly name: "previous" | "next";
  readonly isOff: boolean;
  readonly onClick: () => void;
}

function Step({ name, isOff, onClick }: StepProps): ReactNode {
  return (
    <button
      type="button"
      className="icon-button"
      aria-label={WORDS.large[name]}
      // Not `disabled`, which would throw the focus out of the dialog at the last one.
      aria-disabled={isOff}
      onClick={onClick}
    >
      <Icon name={name} />
    </button>
  );
}

interface ShownProps {
  readonly tile: VideoTile;
  readonly actions: TileActions;
  readonly player: RefObject<HTMLVideoElement | null>;
}

function Shown({ tile, actions, player }: ShownProps): ReactNode {
  const showable = useShowable();
  const {
    videos: [url = ""],
    previewImage,
    prompt,
    aspectRatio,
  } = tile;
  return (
    <>
      <div className="large-stage">
        <video
          ref={player}
          src={showable(url)}
          poster={previewImage === undefined ? undefined : showable(previewImage)}
          style={{ "--ratio": ratioOf(aspectRatio) }}
          aria-label={prompt}
          tabIndex={0}
          controls
          autoPlay
          loop
          playsInline
        />
      </div>
      <LargeDetails tile={tile} actions={actions} />
    </>
  );
}
