// The whole page, clear of the notch and the system's bars.
import type { ReactElement, ReactNode } from "react";
import { StyleSheet } from "react-native";
import { SafeAreaView } from "react-native-safe-area-context";
import { usePalette } from "../theme/use-palette.ts";

/** What lies at the foot of the page makes room by itself, so that its own colour goes on below it. */
const EDGES = ["top", "left", "right"] as const;

/** A page. */
export function SafePage({ children }: { readonly children: ReactNode }): ReactElement {
  const { background } = usePalette();
  return (
    <SafeAreaView edges={EDGES} style={[styles.page, { backgroundColor: background }]}>
      {children}
    </SafeAreaView>
  );
}

const styles = StyleSheet.create({ page: { flex: 1 } });
