// One video, as large as the screen, with all that is known of it.
import type { VideoTile } from "@video-engine/video-sdk";
import { useEffect, useState, type ReactElement } from "react";
import { Modal, ScrollView, StyleSheet, useWindowDimensions, View } from "react-native";
import { ratioOf } from "@video-engine/example-web-grid/ratio-of";
import { useVideoPlayer, VideoView } from "expo-video";
import { TileMenu } from "../grid/tile-menu.tsx";
import type { TileActions } from "../grid/tile-actions.ts";
import { useShowable } from "@video-engine/example-web-grid/showable";
import { usePalette } from "../theme/use-palette.ts";
import { IconButton } from "../ui/icon-button.tsx";
import { SafePage } from "../ui/safe-page.tsx";
import { WORDS } from "../words.ts";
import { LargeDetails } from "./large-details.tsx";

/** What it shows. */
export interface LargeViewProps {
  /** Undefined: it is closed. */
  readonly tile: VideoTile | undefined;
  /** Among which there is a next and a previous one. */
  readonly tiles: readonly VideoTile[];
  readonly actions: TileActions;
  onClose(): void;
}

/** The video. Wide screens show the details beside it. */
export function LargeView({ tile, tiles, actions, onClose }: LargeViewProps): ReactElement {
  const videos = tiles.filter((one) => one.videos.length > 0);
  const at = videos.findIndex(({ key }) => key === tile?.key);
  const shown = videos[at];
  const go = (step: number) => (): void => {
    const next = videos[at + step];
    if (next !== undefined) actions.open(next);
  };
  const { previous, next, close } = WORDS.large;
  return (
    <Modal aria-label={WORDS.large.name} visible={shown !== undefined} animationType="fade" onRequestClose={onClose}>
      <SafePage>
        <View style={styles.bar}>
          <IconButton name="previous" label={previous} isDisabled={at <= 0} onPress={go(-1)} />
          <IconButton name="next" label={next} isDisabled={at === videos.length - 1} onPress={go(1)} />
          <View style={styles.space} />
          <IconButton name="close" label={close} onPress={onClose} />
        </View>
        {shown !== undefined && <Shown key={shown.key} tile={shown} actions={leaving(actions, onClose)} />}
      </SafePage>
    </Modal>
  );
}

/** The same ways on, of which those that lead to the page below close the video first. */
function leaving(actions: TileActions, close: () => void): TileActions {
  const closing = (act: (tile: VideoTile) => void) => (tile: VideoTile) => {
    close();
    act(tile);
  };
  return {
    ...actions,
    reuse: closing(actions.reuse),
    edit: closing(actions.edit),
    startFrom: closing(actions.startFrom),
    remove: actions.remove && closing(actions.remove),
  };
}

interface ShownProps extends Pick<LargeViewProps, "actions"> {
  readonly tile: VideoTile;
}

const WIDE = 700;

function Shown({ tile, actions }: ShownProps): ReactElement {
  const { width } = useWindowDimensions();
  const isWide = width >= WIDE;
  const [isMenuOpen, setMenuOpen] = useState(false);
  return (
    <ScrollView contentContainerStyle={isWide ? styles.wide : undefined}>
      <View style={isWide && styles.half}>
        <Player tile={tile} />
      </View>
      <View style={isWide && styles.side}>
        <LargeDetails tile={tile} actions={actions} onMore={() => setMenuOpen(true)} />
      </View>
      <TileMenu tile={isMenuOpen ? tile : undefined} isLarge actions={actions} onClose={() => setMenuOpen(false)} />
    </ScrollView>
  );
}

function Player({ tile }: { readonly tile: VideoTile }): ReactElement {
  const showable = useShowable();
  const { shade } = usePalette();
  const { height } = useWindowDimensions();
  const {
    videos: [url = ""],
    aspectRatio,
    prompt,
  } = tile;
  const player = useVideoPlayer(showable(url), (made) => {
    made.loop = true;
  });
  // Not where it is made: in a browser only a player with a view plays.
  useEffect(() => player.play(), [player]);
  return (
    <VideoView
      player={player}
      accessibilityLabel={prompt}
      nativeControls
      contentFit="contain"
      style={[styles.video, { aspectRatio: ratioOf(aspectRatio), maxHeight: height * 0.6, backgroundColor: shade }]}
    />
  );
}

const styles = StyleSheet.create({
  bar: { flexDirection: "row", alignItems: "center", paddingHorizontal: 4, paddingVertical: 4 },
  space: { flex: 1 },
  wide: { flexDirection: "row", gap: 24, padding: 24 },
  half: { flex: 3 },
  side: { flex: 2 },
  video: { width: "100%", alignSelf: "center" },
});
