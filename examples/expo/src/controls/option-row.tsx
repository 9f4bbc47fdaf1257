// One setting with a list of values: a row of chips, of which one is chosen.
import type { ReactElement } from "react";
import { Pressable, ScrollView, StyleSheet, View } from "react-native";
import { usePalette } from "../theme/use-palette.ts";
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

/** A radio group that scrolls sideways where it is too wide. */
export function OptionRow<T extends string | number>(props: OptionRowProps<T>): ReactElement | null {
  const { label, options, chosen, textOf = String, onChoose } = props;
  const { text, background, surface, line } = usePalette();
  if (options.length === 0) return null;
  return (
    <View style={styles.row} accessibilityRole="radiogroup" accessibilityLabel={label}>
      <Words size="small" tone="muted">
        {label}
      </Words>
      <ScrollView horizontal showsHorizontalScrollIndicator={false} contentContainerStyle={styles.chips}>
        {options.map((option) => {
          const isChosen = option === chosen;
          const colours = { backgroundColor: isChosen ? text : surface, borderColor: isChosen ? text : line };
          return (
            <Pressable
              key={textOf(option)}
              accessibilityRole="radio"
              accessibilityState={{ checked: isChosen }}
              accessibilityLabel={`${label}: ${textOf(option)}`}
              onPress={() => onChoose(option)}
              style={[styles.chip, colours]}
            >
              <Words style={isChosen ? { color: background } : undefined}>{textOf(option)}</Words>
            </Pressable>
          );
        })}
      </ScrollView>
    </View>
  );
}

const styles = StyleSheet.create({
  row: { gap: 6 },
  chips: { gap: 8 },
  chip: { minHeight: 44, paddingHorizontal: 14, justifyContent: "center", borderRadius: 12, borderWidth: 1 },
});
