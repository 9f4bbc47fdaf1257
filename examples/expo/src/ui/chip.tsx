// A small control that is one of several in a row.
import type { ReactElement, ReactNode } from "react";
import { Pressable, StyleSheet, type PressableProps } from "react-native";
import { usePalette } from "../theme/use-palette.ts";
import { Words } from "./words.tsx";

/** What it says and does. */
export interface ChipProps extends Pick<PressableProps, "aria-checked" | "accessibilityRole"> {
  readonly title: string;
  /** What a screen reader says. Default: the title. */
  readonly label?: string;
  /** Default false. */
  readonly isChosen?: boolean;
  /** Stands before the title. */
  readonly before?: ReactNode;
  /** Stands behind it. */
  readonly after?: ReactNode;
  onPress(): void;
}

/** At least 44 points high. */
export function Chip(props: ChipProps): ReactElement {
  const { title, label = title, isChosen = false, before, after, accessibilityRole = "button", ...rest } = props;
  const { text, background, surface, line } = usePalette();
  const colours = { backgroundColor: isChosen ? text : surface, borderColor: isChosen ? text : line };
  return (
    <Pressable
      {...rest}
      accessibilityRole={accessibilityRole}
      accessibilityLabel={label}
      style={[styles.chip, colours]}
    >
      {before}
      <Words numberOfLines={1} style={[styles.title, isChosen && { color: background }]}>
        {title}
      </Words>
      {after}
    </Pressable>
  );
}

const styles = StyleSheet.create({
  chip: {
    minHeight: 44,
    flexDirection: "row",
    alignItems: "center",
    gap: 8,
    paddingHorizontal: 12,
    borderRadius: 12,
    borderWidth: 1,
  },
  title: { flexShrink: 1 },
});
