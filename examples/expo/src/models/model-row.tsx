// One model in the picker: its maker's mark, its name, what it can do, and what it costs with the settings of now.
import type { PickerRow } from "@video-engine/example-web-grid/picker-rows";
import { memo, type ReactElement } from "react";
import { Pressable, StyleSheet, View } from "react-native";
import { usePalette } from "../theme/use-palette.ts";
import { Icon } from "../ui/icon.tsx";
import { Words } from "../ui/words.tsx";
import { ModelLogo } from "./model-logo.tsx";

/** What a row shows. */
export interface ModelRowProps {
  readonly row: PickerRow;
  readonly isChosen: boolean;
  onChoose(id: PickerRow["model"]["id"]): void;
}

/** A model to choose. */
export const ModelRow = memo(function ModelRow({ row, isChosen, onChoose }: ModelRowProps): ReactElement {
  const { hover } = usePalette();
  const { model, specs, price, badges } = row;
  const { id, label, company, description, logo } = model;
  return (
    <Pressable
      accessibilityRole="radio"
      aria-checked={isChosen}
      accessibilityLabel={[label, company, description, ...specs, price, ...badges].join(", ")}
      onPress={() => onChoose(id)}
      style={({ pressed }) => [styles.row, (isChosen || pressed) && { backgroundColor: hover }]}
    >
      <ModelLogo logo={logo} />
      <View style={styles.words}>
        <View style={styles.name}>
          <Words style={styles.label}>{label}</Words>
          {isChosen && <Icon name="check" size={16} />}
          {badges.map((badge) => (
            <Words key={badge} size="small" tone="muted">
              {badge}
            </Words>
          ))}
        </View>
        <Words size="small" tone="muted">
          {description}
        </Words>
        <Words size="small" tone="muted">
          {specs.join(" · ")}
        </Words>
      </View>
      <Words size="small" style={styles.price}>
        {price}
      </Words>
    </Pressable>
  );
});

const styles = StyleSheet.create({
  row: { flexDirection: "row", alignItems: "flex-start", gap: 12, padding: 10, borderRadius: 12 },
  words: { flex: 1, gap: 1 },
  name: { flexDirection: "row", flexWrap: "wrap", alignItems: "center", columnGap: 8 },
  label: { flexShrink: 1 },
  price: { textAlign: "right" },
});
