// The price and the button, which can always be pressed: where something is missing it says what.
import { useState, type ReactElement } from "react";
import { StyleSheet, View } from "react-native";
import { Button } from "../ui/button.tsx";
import { Words } from "../ui/words.tsx";
import { CostLine, type CostLineProps } from "./cost-line.tsx";

/** What the row needs. */
export interface GenerateRowProps extends CostLineProps {
  /** Why the draft cannot be sent yet. */
  readonly missing: string | undefined;
  onSend(): void;
}

/** Sends the draft. */
export function GenerateRow({ missing, onSend, ...cost }: GenerateRowProps): ReactElement {
  const [isHintShown, setHintShown] = useState(false);
  const send = (): void => {
    setHintShown(missing !== undefined);
    if (missing === undefined) onSend();
  };
  return (
    <>
      {isHintShown && missing !== undefined && (
        <Words tone="muted" accessibilityLiveRegion="polite">
          {missing}
        </Words>
      )}
      <View style={styles.row}>
        <CostLine {...cost} />
        <Button title="Generate" look="filled" onPress={send} />
      </View>
    </>
  );
}

const styles = StyleSheet.create({
  row: { flexDirection: "row", alignItems: "center", justifyContent: "space-between", gap: 8 },
});
