// The price and the button. Where something is missing the button says what when it is pressed; what stands in the way is written on it.
import { useState, type ReactElement } from "react";
import { StyleSheet, View } from "react-native";
import { Button } from "../ui/button.tsx";
import { Words } from "../ui/words.tsx";
import { WORDS } from "../words.ts";
import { CostLine, type CostLineProps } from "./cost-line.tsx";
import type { Offer } from "@video-engine/example-web-grid/use-affordable";

/** What the row needs. */
export interface GenerateRowProps extends CostLineProps {
  /** Why the draft cannot be sent yet. */
  readonly missing: string | undefined;
  /** A file of the draft could not be uploaded. */
  readonly hasFailedFile: boolean;
  /** What the credits would be enough for. */
  readonly offer: Offer | undefined;
  onSend(): void;
}

/** Sends the draft. */
export function GenerateRow({ missing, hasFailedFile, offer, onSend, ...cost }: GenerateRowProps): ReactElement {
  const [isHintShown, setHintShown] = useState(false);
  const { generate, blocked } = WORDS.composer;
  const reason = hasFailedFile ? blocked["failed-file"] : cost.shortOf === undefined ? undefined : blocked.credits;
  const send = (): void => {
    setHintShown(missing !== undefined);
    if (missing === undefined) onSend();
  };
  return (
    <View style={styles.all}>
      {isHintShown && missing !== undefined && reason === undefined && (
        <Words size="small" tone="muted" accessibilityLiveRegion="polite" style={styles.hint}>
          {missing}
        </Words>
      )}
      {reason === blocked.credits && offer !== undefined && <Button title={offer.text} onPress={offer.take} />}
      <View style={styles.row}>
        <CostLine {...cost} />
        <View style={styles.send}>
          <Button
            title={reason ?? generate}
            icon={reason === undefined ? "send" : undefined}
            look={reason === undefined && missing === undefined ? "filled" : "quiet"}
            isDisabled={reason !== undefined}
            onPress={send}
          />
        </View>
      </View>
    </View>
  );
}

const styles = StyleSheet.create({
  all: { flexGrow: 1, flexShrink: 1, gap: 6 },
  hint: { textAlign: "right" },
  row: { flexDirection: "row", alignItems: "center", justifyContent: "space-between", gap: 12 },
  send: { flexGrow: 1, flexShrink: 1, maxWidth: 220 },
});
