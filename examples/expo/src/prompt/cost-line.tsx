// What the video will cost, line by line at a tap.
import type { VideoQuote } from "@video-engine/video-sdk";
import { useState, type ReactElement } from "react";
import { Pressable, StyleSheet, View } from "react-native";
import { Sheet } from "../ui/sheet.tsx";
import { Words } from "../ui/words.tsx";
import { numberText, WORDS } from "../words.ts";

/** What is priced. */
export interface CostLineProps {
  readonly quote: VideoQuote;
  /** Credits to spend, where they are not enough. */
  readonly shortOf: number | undefined;
}

/** The cost, live. It has its room, so that nothing moves when it grows. */
export function CostLine({ quote, shortOf }: CostLineProps): ReactElement {
  const [isOpen, setIsOpen] = useState(false);
  const isShort = shortOf !== undefined;
  const price = numberText(quote.credits);
  return (
    <>
      <Pressable
        accessibilityRole="button"
        accessibilityHint={WORDS.composer.priceTitle}
        onPress={() => setIsOpen(true)}
        style={styles.line}
      >
        <Words size="small" tone={isShort ? "danger" : "muted"} accessibilityLiveRegion="polite">
          <Words size="strong" tone={isShort ? "danger" : "text"}>
            {price}
          </Words>
          {` ${WORDS.page.credits}`}
        </Words>
        {isShort && (
          <Words size="small" tone="danger">
            {WORDS.composer.youHave(shortOf)}
          </Words>
        )}
      </Pressable>
      <Sheet title={WORDS.composer.priceTitle} isOpen={isOpen} onClose={() => setIsOpen(false)}>
        {quote.lines.map(({ label, factor, credits }) => (
          <View key={label} style={styles.row}>
            <Words style={styles.label}>{label}</Words>
            <Words tone="muted">{factor === undefined ? "" : `× ${factor}`}</Words>
            <Words style={styles.credits}>{numberText(credits)}</Words>
          </View>
        ))}
      </Sheet>
    </>
  );
}

const styles = StyleSheet.create({
  line: { minHeight: 44, minWidth: 96, justifyContent: "center", flexShrink: 1 },
  row: { flexDirection: "row", gap: 12, paddingVertical: 4 },
  label: { flex: 1 },
  credits: { minWidth: 64, textAlign: "right" },
});
