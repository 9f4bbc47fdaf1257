// A button with words on it.
import type { ReactElement } from "react";
import { Pressable, StyleSheet } from "react-native";
import type { Palette } from "../theme/palettes.ts";
import { usePalette } from "../theme/use-palette.ts";
import { Icon, type IconName } from "./icon.tsx";
import { Words } from "./words.tsx";

/** What a button says and does. */
export interface ButtonProps {
  readonly title: string;
  /** What a screen reader says, where the title alone does not say of what. Default: the title. */
  readonly label?: string;
  readonly icon?: IconName | undefined;
  /** `filled` for the one thing to do; `quiet` for that while something is missing; `danger` for what cannot be taken back. Default `plain`. */
  readonly look?: keyof typeof LOOKS;
  readonly isDisabled?: boolean;
  onPress(): void;
}

interface Look {
  readonly back: keyof Palette;
  readonly edge: keyof Palette;
  readonly front: keyof Palette;
}

const LOOKS = {
  plain: { back: "surface", edge: "line", front: "text" },
  filled: { back: "accent", edge: "accent", front: "onAccent" },
  quiet: { back: "hover", edge: "hover", front: "muted" },
  danger: { back: "surface", edge: "line", front: "danger" },
} as const satisfies Readonly<Record<string, Look>>;

/** At least 44 points high, so that a thumb hits it. */
export function Button(props: ButtonProps): ReactElement {
  const { title, label = title, icon, look = "plain", isDisabled = false, onPress } = props;
  const palette = usePalette();
  const { back, edge, front } = LOOKS[look];
  return (
    <Pressable
      accessibilityRole="button"
      accessibilityLabel={label}
      aria-disabled={isDisabled}
      disabled={isDisabled}
      onPress={onPress}
      style={({ pressed }) => [
        styles.button,
        { backgroundColor: palette[back], borderColor: palette[edge], opacity: pressed ? 0.7 : 1 },
      ]}
    >
      {icon !== undefined && <Icon name={icon} tone={front} />}
      <Words size={look === "filled" || look === "quiet" ? "strong" : "body"} tone={front} style={styles.title}>
        {title}
      </Words>
    </Pressable>
  );
}

const styles = StyleSheet.create({
  button: {
    minHeight: 44,
    minWidth: 44,
    paddingHorizontal: 14,
    paddingVertical: 8,
    flexDirection: "row",
    gap: 8,
    alignItems: "center",
    justifyContent: "center",
    borderRadius: 12,
    borderWidth: 1,
  },
  title: { flexShrink: 1, textAlign: "center" },
});
