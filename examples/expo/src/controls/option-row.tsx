// One setting with a list of values: chips, of which one is chosen.
import type { ReactElement } from "react";
import { StyleSheet, View } from "react-native";
import { Chip } from "../ui/chip.tsx";
import { Words } from "../ui/words.tsx";

/** What may be chosen. */
export interface OptionRowProps<T extends string | number> {
  readonly label: string;
  /** Empty: the setting does not exist now, and nothing is shown. */
  readonly options: readonly T[];
  readonly chosen: T | undefined;
  /** How a value reads. Default: as it is. */
  textOf?(option: T): string;
  onChoose(option: T): void;
}

/** A radio group. */
export function OptionRow<T extends string | number>(props: OptionRowProps<T>): ReactElement | null {
  const { label, options, chosen, textOf = String, onChoose } = props;
  if (options.length === 0) return null;
  return (
    <View style={styles.row} accessibilityRole="radiogroup" accessibilityLabel={label}>
      <Words size="small" tone="muted">
        {label}
      </Words>
      <View style={styles.chips}>
        {options.map((option) => (
          <Chip
            key={textOf(option)}
            title={textOf(option)}
            label={`${label}: ${textOf(option)}`}
            isChosen={option === chosen}
            accessibilityRole="radio"
            aria-checked={option === chosen}
            onPress={() => onChoose(option)}
          />
        ))}
      </View>
    </View>
  );
}

const styles = StyleSheet.create({
  row: { gap: 6 },
  chips: { flexDirection: "row", flexWrap: "wrap", gap: 8 },
});
