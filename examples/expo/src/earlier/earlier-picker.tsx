// Attaches what is there already, by its URL, so that nothing is sent again: a button at a place, and the sheet to choose from.
import { useVideoTiles } from "@video-engine/video-sdk/react";
import { useState, type ReactElement } from "react";
import { FlatList, Image, Pressable, StyleSheet } from "react-native";
import { usePalette } from "../theme/use-palette.ts";
import { Button } from "../ui/button.tsx";
import { Sheet } from "../ui/sheet.tsx";
import { Words } from "../ui/words.tsx";
import { earlierFiles, type EarlierFile } from "./earlier-files.ts";
import { useUploads, type RememberedUpload } from "./remembered-uploads.ts";

/** What it needs. */
export interface EarlierPickerProps {
  /** The place that it is for. */
  readonly name: string;
  readonly kind: RememberedUpload["kind"];
  onPick(url: string): void;
}

/** The button. Nothing where there is nothing to choose. */
export function EarlierPicker({ name, kind, onPick }: EarlierPickerProps): ReactElement | null {
  const files = earlierFiles(useVideoTiles(), useUploads(), kind);
  const [isOpen, setIsOpen] = useState(false);
  const close = (): void => setIsOpen(false);
  if (files.length === 0) return null;
  return (
    <>
      <Button title="Earlier" label={`${name}: choose from earlier`} onPress={() => setIsOpen(true)} />
      <Sheet title="Choose from earlier" isOpen={isOpen} onClose={close}>
        <FlatList
          data={files}
          keyExtractor={({ url }) => url}
          contentContainerStyle={styles.list}
          renderItem={({ item }) => (
            <EarlierRow
              file={item}
              onChoose={() => {
                close();
                onPick(item.url);
              }}
            />
          )}
        />
      </Sheet>
    </>
  );
}

interface EarlierRowProps {
  readonly file: EarlierFile;
  onChoose(): void;
}

function EarlierRow({ file: { name, picture }, onChoose }: EarlierRowProps): ReactElement {
  const { surface, border } = usePalette();
  return (
    <Pressable
      accessibilityRole="button"
      accessibilityLabel={name}
      onPress={onChoose}
      style={[styles.row, { backgroundColor: surface, borderColor: border }]}
    >
      {picture === undefined ? (
        <Words style={styles.sign}>▶</Words>
      ) : (
        <Image source={{ uri: picture }} style={styles.picture} />
      )}
      <Words numberOfLines={2} style={styles.name}>
        {name}
      </Words>
    </Pressable>
  );
}

const styles = StyleSheet.create({
  list: { gap: 8 },
  row: {
    minHeight: 60,
    flexDirection: "row",
    alignItems: "center",
    gap: 12,
    padding: 8,
    borderRadius: 12,
    borderWidth: 1,
  },
  picture: { width: 44, height: 44, borderRadius: 8 },
  sign: { width: 44, textAlign: "center" },
  name: { flex: 1 },
});
