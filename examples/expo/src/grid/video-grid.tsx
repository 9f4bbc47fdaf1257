// The videos of the session that is shown, newest first, with what is being made.
import type { VideoTile } from "@video-engine/video-sdk";
import { useVideoSessions, useVideoTiles } from "@video-engine/video-sdk/react";
import { useState, type ReactElement } from "react";
import { FlatList, StyleSheet, useWindowDimensions, View } from "react-native";
import type { TileActions } from "../draft/use-draft.ts";
import { Words } from "../ui/words.tsx";
import { EmptyGrid } from "./empty-grid.tsx";
import { GridTile } from "./grid-tile.tsx";
import { useAnnouncements } from "./use-announcements.ts";
import { VideoPlayer } from "./video-player.tsx";

/** About this wide is a tile, in points. */
const TILE_WIDTH = 300;

/** The grid. */
export function VideoGrid({ actions }: { readonly actions: TileActions }): ReactElement {
  const { isLoading } = useVideoSessions();
  const tiles = useVideoTiles();
  useAnnouncements(tiles);
  const [opened, setOpened] = useState<VideoTile | undefined>(undefined);
  const columns = Math.max(1, Math.floor(useWindowDimensions().width / TILE_WIDTH));
  return (
    <>
      <FlatList
        // A list cannot change its columns while it lives.
        key={columns}
        accessibilityRole="list"
        accessibilityLabel="Videos"
        data={tiles}
        numColumns={columns}
        keyExtractor={({ key }) => key}
        columnWrapperStyle={columns > 1 ? styles.row : undefined}
        contentContainerStyle={styles.grid}
        keyboardDismissMode="on-drag"
        ListEmptyComponent={isLoading ? <Words tone="muted">Loading</Words> : <EmptyGrid onIdea={actions.begin} />}
        renderItem={({ item }) => (
          <View style={columns > 1 && [styles.cell, { maxWidth: `${100 / columns}%` }]}>
            <GridTile tile={item} actions={actions} onOpen={setOpened} />
          </View>
        )}
      />
      <VideoPlayer tile={opened} actions={actions} onClose={() => setOpened(undefined)} />
    </>
  );
}

const styles = StyleSheet.create({
  grid: { padding: 12, gap: 16 },
  row: { gap: 12, alignItems: "flex-start" },
  cell: { flex: 1 },
});
