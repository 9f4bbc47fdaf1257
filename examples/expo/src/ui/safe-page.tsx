// The whole page, clear of the notch and the system's bars.
import type { ReactElement, ReactNode } from "react";
import { Platform, SafeAreaView, StatusBar, StyleSheet, View } from "react-native";
import { usePalette } from "../theme/use-palette.ts";

/** A page. An app that has react-native-safe-area-context uses its SafeAreaView here. */
export function SafePage({ children }: { readonly children: ReactNode }): ReactElement {
  const { background } = usePalette();
  if (Platform.OS === "ios") {
    return <SafeAreaView style={[styles.page, { backgroundColor: background }]}>{children}</SafeAreaView>;
  }
  if (Platform.OS === "web") return <View style={[styles.page, { backgroundColor: background }]}>{children}</View>;
  // Android draws edge to edge and reports only the upper bar's height; the lower one is at most this high with gestures.
  const bars = { paddingTop: StatusBar.currentHeight ?? 0, paddingBottom: 24 };
  return <View style={[styles.page, bars, { backgroundColor: background }]}>{children}</View>;
}

const styles = StyleSheet.create({ page: { flex: 1 } });
