// The videos of the session that is shown, newest first, with what is being made.
import { FlashList, type FlashListRef } from "@shopify/flash-list";
import type { VideoTile } from "@video-engine/video-sdk";
import { useVideoSessions } from "@video-engine/video-sdk/react";
import { useEffect, useMemo, useRef, type ReactElement } from "react";
import { StyleSheet, useWindowDimensions, View } from "react-native";
import { useSafeAreaInsets } from "react-native-safe-area-context";
import { Words } from "../ui/words.tsx";
import { WORDS } from "../words.ts";
import { EmptyGrid } from "./empty-grid.tsx";
import { GAP, rowsOf, type TileRow } from "./grid-rows.ts";
import { GridTile } from "./grid-tile.tsx";
import type { TileActions } from "./tile-actions.ts";

/** Left and right of the grid, points. */
const SIDE = 12;

/** Narrower, a row that is not full stands in the middle, as on a phone that shows one video after another. Points. */
const NARROW = 600;

const KEEP_NOTHING = { disabled: true } as const;

/** What the grid shows. */
export interface VideoGridProps {
  readonly tiles: readonly VideoTile[];
  readonly actions: TileActions;
  /** Begins with an idea. */
  onIdea(prompt: string): void;
}

/** The grid. Only the rows near the screen are drawn. */
export function VideoGrid({ tiles, actions, onIdea }: VideoGridProps): ReactElement {
  const { isLoading } = useVideoSessions();
  const { left, right } = useSafeAreaInsets();
  const window = useWindowDimensions();
  const width = window.width - left - right - 2 * SIDE;
  const { fontScale } = window;
  const rows = useMemo(() => rowsOf(tiles, width, fontScale), [tiles, width, fontScale]);
  const list = useRef<FlashListRef<TileRow>>(null);
  const newest = tiles[0]?.key;
  useEffect(() => {
    list.current?.scrollToOffset({ offset: 0, animated: false });
  }, [newest]);
  if (rows.length === 0)
    return isLoading ? (
      <Words tone="muted" style={styles.loading}>
        {WORDS.screen.loading}
      </Words>
    ) : (
      <EmptyGrid onIdea={onIdea} />
    );
  return (
    <FlashList
      ref={list}
      accessibilityLabel={WORDS.page.ofSession}
      data={rows}
      keyExtractor={({ key }) => key}
      contentContainerStyle={styles.grid}
      keyboardDismissMode="on-drag"
      // What is new stands at the top, and is shown.
      maintainVisibleContentPosition={KEEP_NOTHING}
      renderItem={({ item }) => <Row row={item} actions={actions} isCentred={rows.length === 1 || width < NARROW} />}
    />
  );
}

interface RowProps {
  readonly row: TileRow;
  readonly actions: TileActions;
  /** Where it does not fill the width. */
  readonly isCentred: boolean;
}

function Row({ row, actions, isCentred }: RowProps): ReactElement {
  return (
    <View style={[styles.row, isCentred && styles.centred]}>
      {row.tiles.map(({ tile, width }) => (
        <View key={tile.key} style={{ width }}>
          <GridTile tile={tile} actions={actions} height={row.height} />
        </View>
      ))}
    </View>
  );
}

const styles = StyleSheet.create({
  grid: { paddingHorizontal: SIDE, paddingTop: 8 },
  row: { flexDirection: "row", gap: GAP, paddingBottom: 20 },
  centred: { justifyContent: "center" },
  loading: { padding: SIDE },
});
