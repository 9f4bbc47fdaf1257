// How far something is: a bar that is filled to a share, or says that no share is known.
import type { ReactElement } from "react";
import { StyleSheet, View } from "react-native";
import { usePalette } from "../theme/use-palette.ts";

/** What the bar is of. */
export interface BarProps {
  readonly label: string;
  /** From 0 to 1. Undefined: nothing is known, and no number is made up. */
  readonly fraction: number | undefined;
}

/** A progress bar. */
export function Bar({ label, fraction }: BarProps): ReactElement {
  const { text } = usePalette();
  const percent = fraction === undefined ? undefined : Math.round(fraction * 100);
  return (
    <View
      accessible
      accessibilityRole="progressbar"
      accessibilityLabel={label}
      aria-busy
      {...(percent !== undefined && { "aria-valuemin": 0, "aria-valuemax": 100, "aria-valuenow": percent })}
      style={styles.bar}
    >
      <View style={[styles.whole, { backgroundColor: text }]} />
      <View style={[styles.part, { backgroundColor: text, width: `${percent ?? 0}%` }]} />
    </View>
  );
}

const styles = StyleSheet.create({
  bar: { height: 4, overflow: "hidden" },
  whole: { position: "absolute", inset: 0, opacity: 0.15 },
  part: { height: 4, opacity: 0.8 },
});
