// A page that comes up from below, with a heading and a way to close it.
import type { ReactElement, ReactNode } from "react";
import { Modal, Pressable, StyleSheet, View } from "react-native";
import { usePalette } from "../theme/use-palette.ts";
import { AboveKeyboard } from "./above-keyboard.tsx";
import { Button } from "./button.tsx";
import { Words } from "./words.tsx";

/** What a sheet shows. */
export interface SheetProps {
  readonly title: string;
  readonly isOpen: boolean;
  onClose(): void;
  readonly children: ReactNode;
}

/** Takes the whole attention of a screen reader while it is open. Android's back button closes it. */
export function Sheet({ title, isOpen, onClose, children }: SheetProps): ReactElement {
  const { background, border, veil } = usePalette();
  return (
    <Modal visible={isOpen} transparent animationType="slide" onRequestClose={onClose}>
      <AboveKeyboard>
        <Pressable style={[styles.veil, { backgroundColor: veil }]} onPress={onClose} accessible={false} />
        <View style={[styles.sheet, { backgroundColor: background, borderColor: border }]} accessibilityViewIsModal>
          <View style={styles.heading}>
            <Words size="title" accessibilityRole="header">
              {title}
            </Words>
            <Button title="Close" label={`Close ${title.toLowerCase()}`} onPress={onClose} />
          </View>
          {children}
        </View>
      </AboveKeyboard>
    </Modal>
  );
}

const styles = StyleSheet.create({
  veil: { flex: 1 },
  sheet: {
    width: "100%",
    maxWidth: 640,
    alignSelf: "center",
    maxHeight: "85%",
    paddingHorizontal: 16,
    paddingTop: 12,
    paddingBottom: 28,
    gap: 12,
    borderTopLeftRadius: 20,
    borderTopRightRadius: 20,
    borderWidth: StyleSheet.hairlineWidth,
  },
  heading: { flexDirection: "row", alignItems: "center", justifyContent: "space-between" },
});
