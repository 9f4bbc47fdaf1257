// The credits in the header: what is left, and what is held for videos under way.
import type { ReactElement } from "react";
import { StyleSheet, View } from "react-native";
import { Icon } from "../ui/icon.tsx";
import { Words } from "../ui/words.tsx";
import { numberText, WORDS } from "../words.ts";

/** Whole credits. */
export interface Credits {
  /** What a new video may use. */
  readonly available: number;
  readonly reserved: number;
}

/** Undefined while they are not known: their room is kept. */
export function CreditsBadge({ credits }: { readonly credits: Credits | undefined }): ReactElement {
  const available = credits && numberText(credits.available);
  const held = credits !== undefined && credits.reserved > 0 ? WORDS.page.held(credits.reserved) : undefined;
  return (
    <View
      accessible
      accessibilityRole="text"
      accessibilityLabel={available === undefined ? WORDS.page.credits : WORDS.screen.credits(available, held)}
      style={styles.badge}
    >
      <Icon name="coin" tone="muted" size={16} />
      <Words size="label">{available ?? " "}</Words>
      {held !== undefined && <Words size="small" tone="muted">{`· ${held}`}</Words>}
    </View>
  );
}

const styles = StyleSheet.create({
  badge: { flexDirection: "row", alignItems: "center", justifyContent: "flex-end", gap: 5, minWidth: 64 },
});
