// A place to type.
import { BottomSheetTextInput } from "@gorhom/bottom-sheet";
import type { ReactElement } from "react";
import { Platform, StyleSheet, TextInput } from "react-native";
import { FONTS } from "../theme/fonts.ts";
import { usePalette } from "../theme/use-palette.ts";

/** What is typed where. */
export interface FieldProps {
  readonly label: string;
  /** Shown while nothing is typed. */
  readonly hint: string;
  /** In a sheet, which makes room for the keyboard. Default false. */
  readonly isInSheet?: boolean;
  readonly value: string;
  onChange(value: string): void;
}

/** A text field of one line. */
export function Field({ label, hint, isInSheet = false, value, onChange }: FieldProps): ReactElement {
  const { text, muted, border } = usePalette();
  // The one of the sheet asks for a part of TextInput that react-native-web lacks, and a browser makes room by itself.
  const Input = isInSheet && Platform.OS !== "web" ? BottomSheetTextInput : TextInput;
  return (
    <Input
      accessibilityLabel={label}
      placeholder={hint}
      placeholderTextColor={muted}
      value={value}
      onChangeText={onChange}
      style={[styles.field, { color: text, borderColor: border }]}
    />
  );
}

// 16 points: a browser on a phone zooms into smaller ones.
const styles = StyleSheet.create({
  field: {
    minHeight: 44,
    paddingHorizontal: 12,
    fontSize: 16,
    fontFamily: FONTS.regular,
    borderRadius: 12,
    borderWidth: 1,
  },
});
