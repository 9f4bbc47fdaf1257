// A generation that ended without a video: why, whether it was charged, and what to do.
import type { VideoTile } from "@video-engine/video-sdk";
import type { ReactElement } from "react";
import { StyleSheet, View } from "react-native";
import { Button } from "../ui/button.tsx";
import { Icon } from "../ui/icon.tsx";
import { Words } from "../ui/words.tsx";
import { SETTLEMENTS, WORDS } from "../words.ts";
import type { TileActions } from "./tile-actions.ts";

/** What is shown. */
export interface EndedTileProps {
  readonly tile: VideoTile;
  readonly actions: TileActions;
}

/** The inside of a tile that failed or was canceled. */
export function EndedTile({ tile, actions }: EndedTileProps): ReactElement {
  const { status, error, snapshot, isRefunded, rowId, prompt } = tile;
  const { remove } = actions;
  const hasFailed = status === "failed";
  const settlement = snapshot?.settlement ?? (isRefunded ? "released" : undefined);
  const named = (title: string) => ({ title, label: WORDS.screen.ofTile(title, prompt) });
  return (
    <View style={styles.tile}>
      <View style={styles.reason}>
        <Icon name={hasFailed ? "warning" : "close"} tone={hasFailed ? "danger" : "muted"} />
        <Words style={styles.sentence}>{hasFailed ? error : WORDS.tile.canceled}</Words>
      </View>
      {settlement !== undefined && (
        <Words size="small" tone="muted">
          {SETTLEMENTS[settlement]}
        </Words>
      )}
      <View style={styles.ways}>
        {hasFailed && <Button {...named(WORDS.tile.retry)} onPress={() => actions.retry(tile)} />}
        <Button {...named(WORDS.tile.reuse)} onPress={() => actions.reuse(tile)} />
        {remove !== undefined && rowId !== undefined && (
          <Button {...named(WORDS.tile.dismiss)} onPress={() => remove(tile)} />
        )}
      </View>
    </View>
  );
}

const styles = StyleSheet.create({
  tile: { flexGrow: 1, padding: 12, gap: 6, justifyContent: "flex-end" },
  reason: { flexDirection: "row", gap: 8 },
  sentence: { flex: 1 },
  ways: { flexDirection: "row", flexWrap: "wrap", gap: 8, paddingTop: 6 },
});
