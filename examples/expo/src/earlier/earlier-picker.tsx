// Attaches what is there already, by its URL, so that nothing is sent again: a button at a place, and the sheet to choose from.
import { Image } from "expo-image";
import { useVideoTiles } from "@video-engine/video-sdk/react";
import { useState, type ReactElement } from "react";
import { Pressable, StyleSheet } from "react-native";
import { useShowable } from "@video-engine/example-web-grid/showable";
import { usePalette } from "../theme/use-palette.ts";
import { Icon } from "../ui/icon.tsx";
import { Sheet } from "../ui/sheet.tsx";
import { Words } from "../ui/words.tsx";
import { WORDS } from "../words.ts";
import { earlierFiles, type EarlierFile } from "@video-engine/example-web-grid/earlier-files";
import { useUploads, type RememberedUpload } from "@video-engine/example-web-grid/remembered-uploads";

/** What it needs. */
export interface EarlierPickerProps {
  /** The place that it is for. */
  readonly name: string;
  readonly kind: RememberedUpload["kind"];
  onPick(url: string): void;
}

/** The button. Nothing where there is nothing to choose. */
export function EarlierPicker({ name, kind, onPick }: EarlierPickerProps): ReactElement | null {
  const { results, uploads } = earlierFiles(useVideoTiles(), useUploads(), kind);
  const files = [...results, ...uploads];
  const { line } = usePalette();
  const [isOpen, setIsOpen] = useState(false);
  const close = (): void => setIsOpen(false);
  if (files.length === 0) return null;
  return (
    <>
      <Pressable
        accessibilityRole="button"
        accessibilityLabel={WORDS.earlier.open(name)}
        onPress={() => setIsOpen(true)}
        style={[styles.open, { borderColor: line }]}
      >
        <Icon name="clock" tone="muted" />
      </Pressable>
      <Sheet title={WORDS.earlier.title} isOpen={isOpen} onClose={close}>
        {files.map((file) => (
          <EarlierRow
            key={file.url}
            file={file}
            onChoose={() => {
              close();
              onPick(file.url);
            }}
          />
        ))}
      </Sheet>
    </>
  );
}

interface EarlierRowProps {
  readonly file: EarlierFile;
  onChoose(): void;
}

function EarlierRow({ file: { name, picture }, onChoose }: EarlierRowProps): ReactElement {
  const { hover } = usePalette();
  const showable = useShowable();
  return (
    <Pressable
      accessibilityRole="button"
      accessibilityLabel={name}
      onPress={onChoose}
      style={({ pressed }) => [styles.row, pressed && { backgroundColor: hover }]}
    >
      {picture === undefined ? (
        <Icon name="film" tone="muted" size={24} />
      ) : (
        <Image accessibilityLabel="" source={showable(picture)} contentFit="cover" style={styles.picture} />
      )}
      <Words numberOfLines={2} style={styles.name}>
        {name}
      </Words>
    </Pressable>
  );
}

const styles = StyleSheet.create({
  row: {
    minHeight: 60,
    flexDirection: "row",
    alignItems: "center",
    gap: 12,
    padding: 8,
    borderRadius: 12,
  },
  open: { width: 44, minHeight: 84, alignItems: "center", justifyContent: "center", borderRadius: 12, borderWidth: 1 },
  picture: { width: 72, height: 44, borderRadius: 8 },
  name: { flex: 1 },
});
