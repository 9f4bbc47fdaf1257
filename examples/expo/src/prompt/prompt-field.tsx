// Where the prompt is typed. Grows with it, up to a third of the screen.
import type { ReactElement } from "react";
import { Platform, StyleSheet, TextInput, useWindowDimensions, type TextStyle } from "react-native";
import { FONTS } from "../theme/fonts.ts";
import { usePalette } from "../theme/use-palette.ts";
import { WORDS } from "../words.ts";

/** What is typed. */
export interface PromptFieldProps {
  readonly value: string;
  /** Characters. */
  readonly max: number;
  onChange(value: string): void;
  /** At a keyboard, Enter sends, and Shift and Enter make a new line. On a phone Enter makes a new line. */
  onSend(): void;
}

const IS_WEB = Platform.OS === "web";

/** The field. */
export function PromptField({ value, max, onChange, onSend }: PromptFieldProps): ReactElement {
  const { text, muted } = usePalette();
  const most = useWindowDimensions().height / 3;
  return (
    <TextInput
      accessibilityLabel={WORDS.composer.prompt}
      placeholder={WORDS.composer.placeholder}
      placeholderTextColor={muted}
      multiline
      maxLength={max}
      value={value}
      onChangeText={onChange}
      submitBehavior={IS_WEB ? "submit" : "newline"}
      onSubmitEditing={onSend}
      style={[styles.field, IS_WEB && growing, { color: text, maxHeight: most }]}
    />
  );
}

/** A browser's text area does not grow by itself. */
const growing = { fieldSizing: "content", outlineStyle: "none" } as unknown as TextStyle; // React Native's types know no field-sizing

const styles = StyleSheet.create({
  field: {
    minHeight: 56,
    paddingHorizontal: 4,
    paddingVertical: 8,
    fontSize: 16,
    lineHeight: 22,
    fontFamily: FONTS.regular,
    textAlignVertical: "top",
  },
});
