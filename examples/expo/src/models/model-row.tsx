// One model in the picker: its maker's mark, its name, and what it can do.
import type { ListedVideoModel } from "@video-engine/video-models";
import { useVideoModels } from "@video-engine/video-sdk/react";
import { memo, type ReactElement } from "react";
import { Pressable, StyleSheet, View } from "react-native";
import { usePalette } from "../theme/use-palette.ts";
import { Words } from "../ui/words.tsx";
import { ModelLogo } from "./model-logo.tsx";

/** What a row shows. */
export interface ModelRowProps {
  readonly model: ListedVideoModel;
  readonly isChosen: boolean;
  onChoose(id: ListedVideoModel["id"]): void;
}

/** A model to choose. */
export const ModelRow = memo(function ModelRow({ model, isChosen, onChoose }: ModelRowProps): ReactElement {
  const { surface, text, line } = usePalette();
  const { traitsOf, quoteVideo } = useVideoModels();
  const { id, label, company, description, logo, lifecycle } = model;
  const ending = lifecycle.stage === "deprecated" ? [`ends ${lifecycle.date}`] : [];
  const price = `${quoteVideo({ model: id, prompt: "" }).credits} credits`;
  const specs = [...traitsOf(id).specs, price, ...ending].join(" · ");
  return (
    <Pressable
      accessibilityRole="radio"
      accessibilityState={{ checked: isChosen }}
      accessibilityLabel={[label, company, description, specs].join(", ")}
      onPress={() => onChoose(id)}
      style={[styles.row, { backgroundColor: surface, borderColor: isChosen ? text : line }]}
    >
      <ModelLogo logo={logo} />
      <View style={styles.words}>
        <View style={styles.name}>
          <Words size="strong">{label}</Words>
        </View>
        <Words size="small" tone="muted">
          {`${company} · ${description}`}
        </Words>
        <Words size="small" tone="muted">
          {specs}
        </Words>
      </View>
    </Pressable>
  );
});

const styles = StyleSheet.create({
  row: { flexDirection: "row", alignItems: "center", gap: 12, padding: 10, borderRadius: 14, borderWidth: 1 },
  words: { flex: 1, gap: 2 },
  name: { flexDirection: "row", alignItems: "center", gap: 8 },
});
