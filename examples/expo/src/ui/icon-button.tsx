// A button that is an icon.
import type { ReactElement } from "react";
import { Pressable, StyleSheet, View } from "react-native";
import { OVER_VIDEO } from "../theme/palettes.ts";
import { Icon, type IconName } from "./icon.tsx";

/** What it does. */
export interface IconButtonProps {
  readonly name: IconName;
  readonly label: string;
  /** On a dark patch, to be seen over any picture. Default false. */
  readonly isOverVideo?: boolean;
  readonly isDisabled?: boolean;
  onPress(): void;
}

/** 44 points wide and high, whatever the size of what is seen. */
export function IconButton(props: IconButtonProps): ReactElement {
  const { name, label, isOverVideo = false, isDisabled = false, onPress } = props;
  return (
    <Pressable
      accessibilityRole="button"
      accessibilityLabel={label}
      aria-disabled={isDisabled}
      disabled={isDisabled}
      onPress={onPress}
      style={({ pressed }) => [styles.target, { opacity: isDisabled ? 0.4 : pressed ? 0.7 : 1 }]}
    >
      <View style={isOverVideo && styles.patch}>
        {isOverVideo ? <Icon name={name} colour={OVER_VIDEO.text} /> : <Icon name={name} size={20} />}
      </View>
    </Pressable>
  );
}

const styles = StyleSheet.create({
  target: { width: 44, height: 44, alignItems: "center", justifyContent: "center" },
  patch: {
    width: 34,
    height: 34,
    alignItems: "center",
    justifyContent: "center",
    borderRadius: 10,
    backgroundColor: OVER_VIDEO.background,
  },
});
