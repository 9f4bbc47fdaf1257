// What a tile shows while its video renders: soft colours of its own that move slowly.
import { hueOf } from "@video-engine/example-web-grid/hue-of";
import { useId, type ReactElement } from "react";
import { StyleSheet, useColorScheme } from "react-native";
import Animated, { useReducedMotion, type CSSAnimationProperties } from "react-native-reanimated";
import Svg, { Defs, RadialGradient, Rect, Stop } from "react-native-svg";

const DRIFT: CSSAnimationProperties = {
  animationName: {
    from: { transform: [{ translateX: "-12%" }, { translateY: "-8%" }] },
    to: { transform: [{ translateX: "12%" }, { translateY: "8%" }] },
  },
  animationDuration: "7s",
  animationTimingFunction: "ease-in-out",
  animationIterationCount: "infinite",
  animationDirection: "alternate",
};

/** Where each colour has its middle, and how far it is from the first one on the colour wheel. */
const SPOTS = [
  { cx: "28%", cy: "32%", turn: 0 },
  { cx: "80%", cy: "22%", turn: 70 },
  { cx: "66%", cy: "86%", turn: 200 },
] as const;

/** What it is drawn for. */
export interface MovingColoursProps {
  /** Has always the same colours. */
  readonly name: string;
  /** Nothing moves. Default false. */
  readonly isStill?: boolean;
}

/** Fills its parent. Still where the device asks for less motion. */
export function MovingColours({ name, isStill = false }: MovingColoursProps): ReactElement {
  const id = useId();
  const isCalm = useReducedMotion() || isStill;
  const tone = useColorScheme() === "dark" ? "38%, 24%" : "70%, 85%";
  const hue = hueOf(name);
  const spots = SPOTS.map((spot) => ({
    ...spot,
    id: `${id}${spot.turn}`,
    colour: `hsl(${(hue + spot.turn) % 360}, ${tone})`,
  }));
  return (
    <Animated.View style={[styles.colours, !isCalm && DRIFT]} pointerEvents="none">
      <Svg width="100%" height="100%">
        <Defs>
          {spots.map((spot) => (
            <RadialGradient key={spot.id} id={spot.id} cx={spot.cx} cy={spot.cy} rx="62%" ry="62%">
              <Stop offset="0" stopColor={spot.colour} stopOpacity={1} />
              <Stop offset="1" stopColor={spot.colour} stopOpacity={0} />
            </RadialGradient>
          ))}
        </Defs>
        {spots.map((spot) => (
          <Rect key={spot.id} width="100%" height="100%" fill={`url(#${spot.id})`} />
        ))}
      </Svg>
    </Animated.View>
  );
}

// Larger than its tile, whose edges it never shows.
const styles = StyleSheet.create({
  colours: { position: "absolute", top: "-20%", bottom: "-20%", left: "-20%", right: "-20%" },
});
