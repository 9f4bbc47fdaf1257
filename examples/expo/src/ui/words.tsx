// Text in the palette, in the few sizes and tones that the screen has.
import type { ReactElement } from "react";
import { StyleSheet, Text, type TextProps } from "react-native";
import { FONTS } from "../theme/fonts.ts";
import type { Palette } from "../theme/palettes.ts";
import { usePalette } from "../theme/use-palette.ts";

/** What a text may be. */
export interface WordsProps extends TextProps {
  /** Default `body`. */
  readonly size?: keyof typeof sizes;
  /** Default `text`. */
  readonly tone?: keyof Palette;
}

/** Text. Its size follows the device's setting. */
export function Words({ size = "body", tone = "text", style, ...props }: WordsProps): ReactElement {
  const palette = usePalette();
  return <Text {...props} style={[styles.all, sizes[size], { color: palette[tone] }, style]} />;
}

// Figures of one width, so that nothing moves while a number changes.
const styles = StyleSheet.create({ all: { fontVariant: ["tabular-nums"] } });

const sizes = StyleSheet.create({
  large: { fontSize: 28, lineHeight: 34, fontFamily: FONTS.strong, letterSpacing: -0.5 },
  title: { fontSize: 18, lineHeight: 24, fontFamily: FONTS.strong, letterSpacing: -0.2 },
  strong: { fontSize: 15, lineHeight: 20, fontFamily: FONTS.strong },
  body: { fontSize: 15, lineHeight: 20, fontFamily: FONTS.regular },
  label: { fontSize: 13, lineHeight: 18, fontFamily: FONTS.strong },
  small: { fontSize: 13, lineHeight: 18, fontFamily: FONTS.regular },
});
