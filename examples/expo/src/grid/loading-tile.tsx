// A video that is being made: here, slow, paused, canceling, or elsewhere.
import { progressOf, type GenerationSnapshot, type VideoTile } from "@video-engine/video-sdk";
import { useVideoEngine } from "@video-engine/video-sdk/react";
import type { ReactElement } from "react";
import { StyleSheet, View } from "react-native";
import { Bar } from "../ui/bar.tsx";
import { Icon } from "../ui/icon.tsx";
import { IconButton } from "../ui/icon-button.tsx";
import { Words } from "../ui/words.tsx";
import { bytesText, clockText, phaseText, usualText, WORDS } from "../words.ts";
import { MovingColours } from "./moving-colours.tsx";
import { useNow } from "@video-engine/example-web-grid/use-now";

/** The inside of a loading tile. */
export function LoadingTile({ tile: { snapshot, isStale, key } }: { readonly tile: VideoTile }): ReactElement {
  if (snapshot !== undefined) return <DrivenTile snapshot={snapshot} name={key} />;
  return (
    <View style={styles.tile}>
      <MovingColours name={key} isStill={isStale} />
      <View style={styles.line}>
        <Icon name={isStale ? "warning" : "layers"} />
        <Words size="label">{isStale ? WORDS.tile.stale : WORDS.tile.elsewhere}</Words>
      </View>
      {!isStale && <Words size="small">{WORDS.tile.elsewhereHelp}</Words>}
    </View>
  );
}

interface DrivenProps {
  readonly snapshot: GenerationSnapshot;
  readonly name: string;
}

function DrivenTile({ snapshot, name }: DrivenProps): ReactElement {
  const { get } = useVideoEngine();
  const { id, phase, prompt, isPaused, isSlow, isCanceling, acceptedAt } = snapshot;
  const now = useNow(phase === "polling" && !isPaused);
  const { fraction, renderingMs, expectedMs, upload } = progressOf(snapshot, Math.max(now, acceptedAt ?? 0));
  const label = phaseText(snapshot);
  const isRendering = renderingMs !== undefined && !isPaused && phase === "polling";
  return (
    <View style={styles.tile}>
      <MovingColours name={name} isStill={isPaused} />
      <View style={styles.line}>
        {(isPaused || isSlow) && <Icon name={isPaused ? "pause" : "clock"} />}
        <Words size="label" accessibilityLiveRegion="polite">
          {label}
        </Words>
        {isRendering && <Words size="small">{clockText(renderingMs)}</Words>}
        {isRendering && !isSlow && expectedMs !== undefined && <Words size="small">{usualText(expectedMs)}</Words>}
        {upload !== undefined && <Words size="small">{bytesText(upload)}</Words>}
      </View>
      <View style={styles.cancel}>
        <IconButton
          name="close"
          isOverVideo
          label={WORDS.screen.cancel(prompt)}
          isDisabled={isCanceling}
          onPress={() => void get(id)?.cancel()}
        />
      </View>
      <View style={styles.bar}>
        <Bar label={`${label}: ${prompt}`} fraction={fraction} />
      </View>
    </View>
  );
}

const styles = StyleSheet.create({
  tile: { flexGrow: 1, paddingHorizontal: 12, paddingTop: 46, paddingBottom: 16, justifyContent: "flex-end", gap: 2 },
  line: { flexDirection: "row", flexWrap: "wrap", alignItems: "center", columnGap: 8 },
  cancel: { position: "absolute", top: 2, right: 2 },
  bar: { position: "absolute", left: 0, right: 0, bottom: 0 },
});
