// One setting that is on or off.
import type { ReactElement } from "react";
import { StyleSheet, Switch, View } from "react-native";
import { usePalette } from "../theme/use-palette.ts";
import { Words } from "../ui/words.tsx";

/** What is switched. */
export interface ToggleRowProps {
  readonly label: string;
  readonly isOn: boolean;
  /** It can be seen and not changed. Default false. */
  readonly isFixed?: boolean;
  onChange(isOn: boolean): void;
}

/** A browser's switch has a colour of its own while it is on. */
const IN_A_BROWSER = (activeThumbColor: string): object => ({ activeThumbColor });

/** A switch with its label. */
export function ToggleRow({ label, isOn, isFixed = false, onChange }: ToggleRowProps): ReactElement {
  const { text, muted, border, surface } = usePalette();
  return (
    <View style={styles.row}>
      <Words>{label}</Words>
      <Switch
        accessibilityLabel={label}
        accessibilityState={{ checked: isOn, disabled: isFixed }}
        value={isOn}
        disabled={isFixed}
        onValueChange={onChange}
        trackColor={{ true: muted, false: border }}
        thumbColor={isOn ? text : surface}
        {...IN_A_BROWSER(text)}
      />
    </View>
  );
}

const styles = StyleSheet.create({
  row: { minHeight: 44, flexDirection: "row", alignItems: "center", justifyContent: "space-between" },
});
