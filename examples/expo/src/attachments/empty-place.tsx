// A place that waits for a file.
import type { ReactElement } from "react";
import { Pressable, StyleSheet } from "react-native";
import { usePalette } from "../theme/use-palette.ts";
import { Icon, type IconName } from "../ui/icon.tsx";
import { Words } from "../ui/words.tsx";

/** What it says. */
export interface EmptyPlaceProps {
  readonly icon: IconName;
  readonly name: string;
  /** Such as `optional`. */
  readonly note?: string | undefined;
  readonly label: string;
  onPress(): void;
}

/** The place. */
export function EmptyPlace({ icon, name, note, label, onPress }: EmptyPlaceProps): ReactElement {
  const { border, hover } = usePalette();
  return (
    <Pressable
      accessibilityRole="button"
      accessibilityLabel={label}
      onPress={onPress}
      style={({ pressed }) => [styles.place, { borderColor: border }, pressed && { backgroundColor: hover }]}
    >
      <Icon name={icon} tone="muted" />
      <Words size="small" tone="muted">
        {name}
      </Words>
      {note !== undefined && (
        <Words size="small" tone="muted">
          {`(${note})`}
        </Words>
      )}
    </Pressable>
  );
}

const styles = StyleSheet.create({
  place: {
    minWidth: 84,
    minHeight: 84,
    padding: 8,
    gap: 2,
    alignItems: "center",
    justifyContent: "center",
    borderRadius: 12,
    borderWidth: 1,
    borderStyle: "dashed",
  },
});
