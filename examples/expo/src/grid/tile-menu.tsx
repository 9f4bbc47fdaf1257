// All that can be done with a finished video, in a sheet.
import type { VideoTile } from "@video-engine/video-sdk";
import { useState, type ReactElement } from "react";
import { View } from "react-native";
import { EDITING_MODEL } from "@video-engine/example-web-grid/editing-model";
import { MenuRow, type MenuRowProps } from "../ui/menu-row.tsx";
import { Sheet } from "../ui/sheet.tsx";
import { WORDS } from "../words.ts";
import { SHARE_TITLE } from "./share-video.ts";
import type { TileActions } from "./tile-actions.ts";

/** Of what it is the menu. */
export interface TileMenuProps {
  /** Undefined: it is closed. */
  readonly tile: VideoTile | undefined;
  readonly actions: TileActions;
  /** The video is shown large already. Default false. */
  readonly isLarge?: boolean;
  onClose(): void;
}

/** The menu. */
export function TileMenu({ tile, onClose, ...rest }: TileMenuProps): ReactElement {
  return (
    <Sheet title={WORDS.screen.videoActions} isOpen={tile !== undefined} onClose={onClose}>
      {tile !== undefined && <Ways tile={tile} onClose={onClose} {...rest} />}
    </Sheet>
  );
}

interface WaysProps extends TileMenuProps {
  readonly tile: VideoTile;
}

function Ways({ tile, actions, isLarge = false, onClose }: WaysProps): ReactElement {
  const [isAsked, setAsked] = useState(false);
  const words = WORDS.tile;
  const { remove } = actions;
  const then = (act: (tile: VideoTile) => void) => () => {
    onClose();
    act(tile);
  };
  const rows: readonly MenuRowProps[] = [
    ...(isLarge ? [] : [{ icon: "large", title: words.open, onPress: then(actions.open) } as const]),
    { icon: "share", title: SHARE_TITLE, onPress: then(actions.share) },
    { icon: "again", title: words.reuse, onPress: then(actions.reuse) },
    ...(tile.previewImage === undefined
      ? []
      : [{ icon: "frame", title: words.startFrame, onPress: then(actions.startFrom) } as const]),
    ...(EDITING_MODEL === undefined ? [] : [{ icon: "edit", title: words.edit, onPress: then(actions.edit) } as const]),
  ];
  return (
    <View>
      {rows.map((row) => (
        <MenuRow key={row.title} {...row} />
      ))}
      {remove !== undefined && tile.rowId !== undefined && (
        // It was paid for, and a thumb slips.
        <MenuRow
          icon="delete"
          isDanger
          title={isAsked ? WORDS.screen.removeForGood : words.remove}
          onPress={isAsked ? then(remove) : () => setAsked(true)}
        />
      )}
    </View>
  );
}
