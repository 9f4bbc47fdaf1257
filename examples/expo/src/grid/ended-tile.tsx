// A tile without a video that is not running here: it failed, was canceled, or is being made on another device.
import type { VideoTile } from "@video-engine/video-sdk";
import type { ReactElement } from "react";
import { StyleSheet, View } from "react-native";
import type { TileActions } from "../draft/use-draft.ts";
import { Button } from "../ui/button.tsx";
import { Words } from "../ui/words.tsx";
import { SETTLEMENT_SENTENCES } from "./settlement-sentences.ts";

/** What is shown. */
export interface EndedTileProps {
  readonly tile: VideoTile;
  readonly actions: TileActions;
}

/** Says why, and whether it was charged where this engine knows. */
export function EndedTile({ tile, actions }: EndedTileProps): ReactElement {
  const { status, prompt, snapshot } = tile;
  return (
    <View style={styles.tile}>
      <Words size="body" tone={status === "failed" ? "danger" : "muted"}>
        {reasonOf(tile)}
      </Words>
      {status !== "loading" && snapshot !== undefined && (
        <Words size="small" tone="muted">
          {SETTLEMENT_SENTENCES[snapshot.settlement]}
        </Words>
      )}
      {status !== "loading" && (
        <Button
          title="Use this prompt again"
          label={`Use this prompt again: ${prompt}`}
          onPress={() => actions.reuse(tile)}
        />
      )}
    </View>
  );
}

function reasonOf({ status, error, isStale }: VideoTile): string {
  if (status === "failed") return error ?? "Failed.";
  if (status === "canceled") return "Canceled.";
  return isStale ? "No news for ten minutes" : "Being made elsewhere";
}

const styles = StyleSheet.create({ tile: { flex: 1, padding: 10, gap: 8, justifyContent: "flex-end" } });
