// A tile with a video: its poster, the video at a tap, and the rest behind one button.
import { Image } from "expo-image";
import type { VideoTile } from "@video-engine/video-sdk";
import type { ReactElement } from "react";
import { Pressable, StyleSheet, View } from "react-native";
import { useShowable } from "@video-engine/example-web-grid/showable";
import { Icon } from "../ui/icon.tsx";
import { IconButton } from "../ui/icon-button.tsx";
import { WORDS } from "../words.ts";
import type { TileActions } from "./tile-actions.ts";

/** What is shown. */
export interface CompletedTileProps {
  readonly tile: VideoTile;
  readonly actions: TileActions;
}

/** The finished video. */
export function CompletedTile({ tile, actions }: CompletedTileProps): ReactElement {
  const showable = useShowable();
  const { previewImage, prompt } = tile;
  return (
    <>
      <Pressable
        accessibilityRole="button"
        accessibilityLabel={WORDS.tile.play(prompt)}
        onPress={() => actions.open(tile)}
        style={styles.whole}
      >
        {previewImage === undefined ? (
          <Icon name="film" tone="muted" size={28} />
        ) : (
          // The list draws other tiles with the same views: without a key the picture before would be seen for a moment.
          <Image
            accessibilityLabel=""
            source={showable(previewImage)}
            recyclingKey={tile.key}
            contentFit="cover"
            transition={140}
            style={StyleSheet.absoluteFill}
          />
        )}
      </Pressable>
      <View style={styles.more}>
        <IconButton name="more" isOverVideo label={WORDS.screen.more(prompt)} onPress={() => actions.showMore(tile)} />
      </View>
    </>
  );
}

const styles = StyleSheet.create({
  whole: { flexGrow: 1, alignItems: "center", justifyContent: "center" },
  more: { position: "absolute", top: 2, right: 2 },
});
