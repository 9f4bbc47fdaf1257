// What the video will cost, and what there is to spend.
import type { AttachedFiles } from "@video-engine/video-sdk";
import { useVideoEngine, useVideoSettings } from "@video-engine/video-sdk/react";
import type { ReactElement } from "react";
import { StyleSheet, View } from "react-native";
import { Words } from "../ui/words.tsx";

/** What is priced. */
export interface CostLineProps {
  readonly files: AttachedFiles;
  /** Undefined while it is not known. */
  readonly available: number | undefined;
}

/** The cost, live. */
export function CostLine({ files, available }: CostLineProps): ReactElement {
  const { quote } = useVideoEngine();
  const { model, chosen } = useVideoSettings();
  const { credits } = quote({ model, prompt: "", ...chosen, ...files });
  const isEnough = available === undefined || credits <= available;
  return (
    <View style={styles.line} accessible accessibilityLiveRegion="polite">
      <Words size="strong" tone={isEnough ? "text" : "danger"}>{`${credits} credits`}</Words>
      {available !== undefined && (
        <Words size="small" tone={isEnough ? "muted" : "danger"}>
          {isEnough ? `of ${available}` : `You have ${available}`}
        </Words>
      )}
    </View>
  );
}

const styles = StyleSheet.create({ line: { flexDirection: "row", alignItems: "baseline", gap: 6, flexShrink: 1 } });
