// The mark of a model's maker. An app that has the makers' logos looks them up by `logo` here; this one has their initials.
import type { ReactElement } from "react";
import { StyleSheet, View } from "react-native";
import { usePalette } from "../theme/use-palette.ts";
import { Words } from "../ui/words.tsx";

/** Says nothing to a screen reader: the maker's name stands beside it. */
export function ModelLogo({ logo }: { readonly logo: string }): ReactElement {
  const { surface, border } = usePalette();
  return (
    <View
      style={[styles.logo, { backgroundColor: surface, borderColor: border }]}
      accessibilityElementsHidden
      importantForAccessibility="no-hide-descendants"
    >
      <Words size="strong" tone="muted">
        {logo.slice(0, 2).toUpperCase()}
      </Words>
    </View>
  );
}

const styles = StyleSheet.create({
  logo: {
    width: 40,
    height: 40,
    alignItems: "center",
    justifyContent: "center",
    borderRadius: 10,
    borderWidth: StyleSheet.hairlineWidth,
  },
});
