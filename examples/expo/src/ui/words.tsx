// Text in the palette, in the few sizes and tones that the screen has.
import type { ReactElement } from "react";
import { StyleSheet, Text, type TextProps } from "react-native";
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
  return <Text {...props} style={[sizes[size], { color: palette[tone] }, style]} />;
}

const sizes = StyleSheet.create({
  large: { fontSize: 28, fontWeight: "600" },
  title: { fontSize: 18, fontWeight: "600" },
  strong: { fontSize: 15, fontWeight: "600" },
  body: { fontSize: 15 },
  small: { fontSize: 13 },
});
