// A tile with a video: its first frame where there is one, and the video at a tap.
import type { VideoTile } from "@video-engine/video-sdk";
import type { ReactElement } from "react";
import { Image, Pressable, StyleSheet, View } from "react-native";
import { useShowable } from "../showable.ts";
import { Words } from "../ui/words.tsx";

/** What is shown. */
export interface CompletedTileProps {
  readonly tile: VideoTile;
  onOpen(tile: VideoTile): void;
}

/** The finished video, to be opened. */
export function CompletedTile({ tile, onOpen }: CompletedTileProps): ReactElement {
  const showable = useShowable();
  return (
    <Pressable
      accessibilityRole="button"
      accessibilityLabel={`Play ${tile.prompt}`}
      onPress={() => onOpen(tile)}
      style={styles.tile}
    >
      {tile.previewImage !== undefined && (
        <Image source={{ uri: showable(tile.previewImage) }} style={StyleSheet.absoluteFill} resizeMode="cover" />
      )}
      <View style={styles.play}>
        <Words style={styles.sign}>▶</Words>
      </View>
    </Pressable>
  );
}

const styles = StyleSheet.create({
  tile: { flex: 1, alignItems: "center", justifyContent: "center" },
  play: {
    width: 44,
    height: 44,
    borderRadius: 22,
    alignItems: "center",
    justifyContent: "center",
    backgroundColor: "rgba(10, 12, 20, 0.7)",
  },
  sign: { color: "#ffffff", fontSize: 16 },
});
