// One tile of the grid, in the frame of its video.
import type { VideoTile } from "@video-engine/video-sdk";
import { memo, type ReactElement } from "react";
import { StyleSheet, View } from "react-native";
import type { TileActions } from "../draft/use-draft.ts";
import { usePalette } from "../theme/use-palette.ts";
import { Words } from "../ui/words.tsx";
import { CompletedTile } from "./completed-tile.tsx";
import { EndedTile } from "./ended-tile.tsx";
import { LoadingTile } from "./loading-tile.tsx";
import { shapeOf } from "./shape-of.ts";

/** What a tile shows. */
export interface GridTileProps {
  readonly tile: VideoTile;
  readonly actions: TileActions;
  /** Plays its video. */
  onOpen(tile: VideoTile): void;
}

/** A tile. Drawn anew only when the tile has changed. */
export const GridTile = memo(function GridTile(props: GridTileProps): ReactElement {
  const { tile } = props;
  const { shade } = usePalette();
  return (
    <View style={styles.tile}>
      <View style={[styles.box, { backgroundColor: shade, aspectRatio: shapeOf(tile) }]}>
        <TileBody {...props} />
      </View>
      <View style={styles.caption}>
        <Words size="small" numberOfLines={1}>
          {tile.prompt}
        </Words>
        <Words size="small" tone="muted" numberOfLines={1}>
          {tile.modelLabel ?? tile.model}
        </Words>
      </View>
    </View>
  );
});

function TileBody({ tile, actions, onOpen }: GridTileProps): ReactElement {
  const { status, snapshot } = tile;
  if (status === "completed") return <CompletedTile tile={tile} onOpen={onOpen} />;
  if (status === "loading" && snapshot !== undefined) return <LoadingTile snapshot={snapshot} />;
  return <EndedTile tile={tile} actions={actions} />;
}

const styles = StyleSheet.create({
  tile: { flex: 1 },
  // Room for what there is to say and to press, whatever the shape.
  box: { minHeight: 180, borderRadius: 12, overflow: "hidden" },
  caption: { paddingTop: 6, gap: 2 },
});
