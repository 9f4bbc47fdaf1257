// The mark of a model's maker. An app that has the makers' logos looks them up by `logo` here.
import { markOf } from "@video-engine/example-web-grid/marks";
import type { ReactElement } from "react";
import { StyleSheet, useColorScheme, View } from "react-native";
import Svg, { Path } from "react-native-svg";

/** Whose mark, and how large. */
export interface ModelLogoProps {
  readonly logo: string;
  /** Points. Default 40. */
  readonly size?: number;
}

/** Says nothing to a screen reader: the maker's name stands beside it. */
export function ModelLogo({ logo, size = 40 }: ModelLogoProps): ReactElement {
  const isDark = useColorScheme() === "dark";
  const { hue, path } = markOf(logo);
  return (
    <View
      aria-hidden
      style={[
        styles.logo,
        {
          width: size,
          height: size,
          borderRadius: size / 4,
          backgroundColor: `hsl(${hue}, ${isDark ? "28%, 22%" : "72%, 93%"})`,
        },
      ]}
    >
      <Svg width={size * 0.6} height={size * 0.6} viewBox="0 0 24 24" fill="none">
        <Path
          d={path}
          stroke={`hsl(${hue}, ${isDark ? "70%, 80%" : "60%, 30%"})`}
          strokeWidth={2}
          strokeLinecap="round"
          strokeLinejoin="round"
        />
      </Svg>
    </View>
  );
}

const styles = StyleSheet.create({ logo: { alignItems: "center", justifyContent: "center" } });
