// All that can be done with a finished video.
import { Menu } from "@base-ui/react/menu";
import type { VideoTile } from "@video-engine/video-sdk";
import type { ReactNode } from "react";
import { EDITING_MODEL } from "../editing-model.ts";
import { Icon, type IconName } from "../ui/icon.tsx";
import { WORDS } from "../words.ts";
import type { TileActions } from "./tile-actions.ts";

interface Props {
  readonly tile: VideoTile;
  readonly actions: TileActions;
}

/** A button, and its menu. */
export function TileMenu({ tile, actions }: Props): ReactNode {
  const { remove } = actions;
  const words = WORDS.tile;
  return (
    <Menu.Root modal={false}>
      <Menu.Trigger className="icon-button" aria-label={words.more} title={words.more}>
        <Icon name="more" />
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Positioner className="menu-place" sideOffset={6} align="end">
          <Menu.Popup className="menu">
            <Item name="large" label={words.open} onClick={() => actions.open(tile)} />
            <Item name="download" label={words.download} onClick={() => actions.download(tile)} />
            <Item name="copy" label={words.copyLink} onClick={() => actions.copyLink(tile)} />
            <div className="menu-line" />
            <Item name="again" label={words.reuse} onClick={() => actions.reuse(tile)} />
            {tile.previewImage !== undefined && (
              <Item name="frame" label={words.startFrame} onClick={() => actions.startFrom(tile)} />
            )}
            {EDITING_MODEL !== undefined && <Item name="edit" label={words.edit} onClick={() => actions.edit(tile)} />}
            {remove !== undefined && tile.rowId !== undefined && (
              <>
                <div className="menu-line" />
                <Item name="delete" label={words.remove} isDanger onClick={() => remove(tile)} />
              </>
            )}
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}

interface ItemProps {
  readonly name: IconName;
  readonly label: string;
  readonly isDanger?: boolean;
  readonly onClick: () => void;
}

function Item({ name, label, isDanger = false, onClick }: ItemProps): ReactNode {
  return (
    <Menu.Item className="menu-item" data-danger={isDanger || undefined} onClick={onClick}>
      <Icon name={name} />
      {label}
    </Menu.Item>
  );
}
