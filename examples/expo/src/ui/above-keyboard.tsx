// A page that makes room for the keyboard. Android resizes the window by itself.
import type { ReactElement, ReactNode } from "react";
import { KeyboardAvoidingView, Platform, StyleSheet } from "react-native";

/** Fills its parent, as far as the keyboard leaves it. */
export function AboveKeyboard({ children }: { readonly children: ReactNode }): ReactElement {
  return (
    <KeyboardAvoidingView style={styles.page} behavior={Platform.OS === "ios" ? "padding" : undefined}>
      {children}
    </KeyboardAvoidingView>
  );
}

const styles = StyleSheet.create({ page: { flex: 1 } });
