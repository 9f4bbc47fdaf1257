// One way on, as a row of a sheet.
import type { ReactElement } from "react";
import { Pressable, StyleSheet } from "react-native";
import { usePalette } from "../theme/use-palette.ts";
import { Icon, type IconName } from "./icon.tsx";
import { Words } from "./words.tsx";

/** What it does. */
export interface MenuRowProps {
  readonly icon: IconName;
  readonly title: string;
  /** It cannot be taken back. Default false. */
  readonly isDanger?: boolean;
  onPress(): void;
}

/** A row. */
export function MenuRow({ icon, title, isDanger = false, onPress }: MenuRowProps): ReactElement {
  const { hover } = usePalette();
  const tone = isDanger ? "danger" : "text";
  return (
    <Pressable
      accessibilityRole="button"
      accessibilityLabel={title}
      onPress={onPress}
      style={({ pressed }) => [styles.row, pressed && { backgroundColor: hover }]}
    >
      <Icon name={icon} tone={tone} />
      <Words tone={tone}>{title}</Words>
    </Pressable>
  );
}

const styles = StyleSheet.create({
  row: { minHeight: 48, flexDirection: "row", alignItems: "center", gap: 14, paddingHorizontal: 8, borderRadius: 12 },
});
