// A place to type.
import type { ReactElement } from "react";
import { StyleSheet, TextInput } from "react-native";
import { usePalette } from "../theme/use-palette.ts";

/** What is typed where. */
export interface FieldProps {
  readonly label: string;
  /** Shown while nothing is typed. */
  readonly hint: string;
  /** Several lines. Default false. */
  readonly isLong?: boolean;
  readonly value: string;
  onChange(value: string): void;
}

/** A text field. */
export function Field({ label, hint, isLong = false, value, onChange }: FieldProps): ReactElement {
  const { text, muted, border } = usePalette();
  return (
    <TextInput
      accessibilityLabel={label}
      placeholder={hint}
      placeholderTextColor={muted}
      multiline={isLong}
      value={value}
      onChangeText={onChange}
      style={[styles.field, isLong && styles.long, { color: text, borderColor: border }]}
    />
  );
}

const styles = StyleSheet.create({
  field: { minHeight: 44, paddingHorizontal: 12, fontSize: 16, borderRadius: 12, borderWidth: 1 },
  long: { minHeight: 64, maxHeight: 140, paddingVertical: 12, textAlignVertical: "top" },
});
