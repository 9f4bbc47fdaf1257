// A video that is being made: what it is doing, how far it is, and a way to cancel it.
import { progressOf, type GenerationSnapshot } from "@video-engine/video-sdk";
import { useVideoEngine } from "@video-engine/video-sdk/react";
import type { ReactElement } from "react";
import { StyleSheet, useColorScheme, View } from "react-native";
import { Bar } from "../ui/bar.tsx";
import { Button } from "../ui/button.tsx";
import { Words } from "../ui/words.tsx";
import { phaseLabel, usualTime } from "./phase-label.ts";
import { useNow } from "./use-now.ts";

/** A generation that this engine drives. */
export function LoadingTile({ snapshot }: { readonly snapshot: GenerationSnapshot }): ReactElement {
  const isDark = useColorScheme() === "dark";
  const { get } = useVideoEngine();
  const { id, phase, prompt, isPaused, isCanceling, settlement, credits } = snapshot;
  const { fraction, expectedMs } = progressOf(snapshot, useNow(phase === "polling" && !isPaused));
  const label = phaseLabel(snapshot);
  return (
    <View style={[styles.tile, { backgroundColor: hueOf(id, isDark) }]}>
      <Words size="strong" accessibilityLiveRegion="polite">
        {label}
      </Words>
      <Bar label={`${label}: ${prompt}`} fraction={fraction} />
      {expectedMs !== undefined && (
        <Words size="small" tone="muted">
          {usualTime(expectedMs)}
        </Words>
      )}
      {settlement === "held" && (
        <Words size="small" tone="muted">
          {`${credits} credits held`}
        </Words>
      )}
      <Button
        title="Cancel"
        label={`Cancel ${prompt}`}
        isDisabled={isCanceling}
        onPress={() => void get(id)?.cancel()}
      />
    </View>
  );
}

/** A quiet colour of its own for each, while there is no picture. */
function hueOf(id: string, isDark: boolean): string {
  let hue = 0;
  for (const letter of id) hue = (hue * 31 + (letter.codePointAt(0) ?? 0)) % 360;
  return `hsl(${hue}, ${isDark ? "30%, 20%" : "55%, 88%"})`;
}

const styles = StyleSheet.create({
  tile: { flex: 1, padding: 10, gap: 8, justifyContent: "flex-end", alignItems: "stretch" },
});
