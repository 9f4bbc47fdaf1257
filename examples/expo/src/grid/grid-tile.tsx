// One tile of the grid, in the frame of its video.
import type { VideoTile } from "@video-engine/video-sdk";
import { memo, type ReactElement } from "react";
import { StyleSheet, View } from "react-native";
import { useRequestOf } from "@video-engine/example-web-grid/remembered-requests";
import { usePalette } from "../theme/use-palette.ts";
import { Words } from "../ui/words.tsx";
import { timeText, WORDS } from "../words.ts";
import { CompletedTile } from "./completed-tile.tsx";
import { EndedTile } from "./ended-tile.tsx";
import { LoadingTile } from "./loading-tile.tsx";
import type { TileActions } from "./tile-actions.ts";

/** What a tile shows. */
export interface GridTileProps {
  readonly tile: VideoTile;
  readonly actions: TileActions;
  /** Of its picture, points. What there is to say may need more. */
  readonly height: number;
}

/** A tile. Drawn anew only when it has changed. */
export const GridTile = memo(function GridTile({ tile, actions, height }: GridTileProps): ReactElement {
  const { shade } = usePalette();
  const duration = useRequestOf()(tile)?.duration;
  const facts = [
    tile.modelLabel ?? tile.model ?? "",
    ...(typeof duration === "number" ? [WORDS.tile.seconds(duration)] : []),
    timeText(tile.createdAt),
  ];
  return (
    <>
      <View style={[styles.box, { backgroundColor: shade, minHeight: height }]}>
        <TileBody tile={tile} actions={actions} />
      </View>
      <View style={styles.caption}>
        <Words size="small" numberOfLines={1}>
          {tile.prompt}
        </Words>
        <Words size="small" tone="muted" numberOfLines={1}>
          {facts.join(" · ")}
        </Words>
      </View>
    </>
  );
});

function TileBody({ tile, actions }: Omit<GridTileProps, "height">): ReactElement {
  const { status } = tile;
  if (status === "completed") return <CompletedTile tile={tile} actions={actions} />;
  return status === "loading" ? <LoadingTile tile={tile} /> : <EndedTile tile={tile} actions={actions} />;
}

const styles = StyleSheet.create({
  box: { borderRadius: 12, overflow: "hidden" },
  caption: { paddingTop: 6, gap: 1 },
});
