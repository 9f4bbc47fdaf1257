// A button with words on it.
import type { ReactElement } from "react";
import { Pressable, StyleSheet } from "react-native";
import { usePalette } from "../theme/use-palette.ts";
import { Words } from "./words.tsx";

/** What a button says and does. */
export interface ButtonProps {
  readonly title: string;
  /** What a screen reader says, where the title alone does not say of what. Default: the title. */
  readonly label?: string;
  /** `filled` for the one thing to do, `plain` for the others. Default `plain`. */
  readonly look?: "filled" | "plain";
  readonly isDisabled?: boolean;
  onPress(): void;
}

/** At least 44 points high, so that a thumb hits it. */
export function Button({
  title,
  label = title,
  look = "plain",
  isDisabled = false,
  onPress,
}: ButtonProps): ReactElement {
  const { accent, onAccent, surface, line, text } = usePalette();
  const isFilled = look === "filled";
  const colours = isFilled
    ? { backgroundColor: accent, borderColor: accent }
    : { backgroundColor: surface, borderColor: line };
  return (
    <Pressable
      accessibilityRole="button"
      accessibilityLabel={label}
      accessibilityState={{ disabled: isDisabled }}
      disabled={isDisabled}
      onPress={onPress}
      style={({ pressed }) => [styles.button, colours, { opacity: isDisabled ? 0.5 : pressed ? 0.75 : 1 }]}
    >
      <Words size={isFilled ? "strong" : "body"} style={{ color: isFilled ? onAccent : text }}>
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
    alignItems: "center",
    justifyContent: "center",
    borderRadius: 12,
    borderWidth: 1,
  },
});
