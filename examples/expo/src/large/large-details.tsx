// What is known of a video, below or beside it, and the ways on.
import { getVideoModel, type VideoTile } from "@video-engine/video-sdk";
import type { SentRequest } from "@video-engine/example-web-grid/request-of-tile";
import type { ReactElement } from "react";
import { StyleSheet, View } from "react-native";
import { SHARE_TITLE } from "../grid/share-video.ts";
import type { TileActions } from "../grid/tile-actions.ts";
import { useRequestOf } from "@video-engine/example-web-grid/remembered-requests";
import { Button } from "../ui/button.tsx";
import { Words } from "../ui/words.tsx";
import { SETTLEMENTS, whenText, WORDS } from "../words.ts";

/** Of what they are. */
export interface LargeDetailsProps {
  readonly tile: VideoTile;
  readonly actions: TileActions;
  /** Shows the rest of what can be done. */
  onMore(): void;
}

/** The prompt in full, the ways on, and the facts. */
export function LargeDetails({ tile, actions, onMore }: LargeDetailsProps): ReactElement {
  return (
    <View style={styles.details}>
      <Words selectable>{tile.prompt}</Words>
      <View style={styles.ways}>
        <Button icon="again" title={WORDS.tile.reuse} onPress={() => actions.reuse(tile)} />
        <Button icon="share" title={SHARE_TITLE} onPress={() => actions.share(tile)} />
        <Button icon="more" title={WORDS.tile.more} onPress={onMore} />
      </View>
      <Facts tile={tile} />
    </View>
  );
}

function Facts({ tile }: { readonly tile: VideoTile }): ReactElement {
  const request = useRequestOf()(tile);
  const { large } = WORDS;
  const { snapshot, isRefunded, modelLabel, model, aspectRatio, createdAt, rowId } = tile;
  const settlement = snapshot?.settlement ?? (isRefunded ? "released" : undefined);
  const facts: readonly (readonly [string, string | undefined])[] = [
    [large.model, modelLabel ?? model],
    [large.shape, aspectRatio],
    [large.length, request?.duration === undefined ? undefined : large.seconds(request.duration)],
    [large.quality, request?.resolution],
    [large.sound, soundOf(request)],
    [large.cost, snapshot?.credits === undefined ? undefined : large.credits(snapshot.credits)],
    [large.charge, settlement === undefined ? undefined : SETTLEMENTS[settlement]],
    [large.made, whenText(createdAt)],
    [large.id, rowId],
  ];
  return (
    <View style={styles.facts}>
      {facts.map(([name, value]) =>
        value === undefined ? null : (
          <View key={name} style={styles.fact}>
            <Words size="small" tone="muted" style={styles.name}>
              {name}
            </Words>
            <Words size="small" selectable style={styles.value}>
              {value}
            </Words>
          </View>
        ),
      )}
    </View>
  );
}

/** Not said of a model that makes no sound at all. */
function soundOf(request: SentRequest | undefined): string | undefined {
  if (request?.generateAudio === undefined || getVideoModel(request.model).audio === "none") return undefined;
  return request.generateAudio ? WORDS.large.on : WORDS.large.off;
}

const styles = StyleSheet.create({
  details: { padding: 16, gap: 16 },
  ways: { flexDirection: "row", flexWrap: "wrap", gap: 8 },
  facts: { gap: 8 },
  fact: { flexDirection: "row", gap: 12 },
  name: { minWidth: 84 },
  // An id has no place to be broken at.
  value: { flex: 1, minWidth: 0 },
});
