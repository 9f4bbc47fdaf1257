// In a browser, files that are dropped or pasted anywhere go to the first place that the model has for them.
import { kindOfType } from "@video-engine/example-web-grid/attached-files";
import { useVideoChoices, useVideoModels, useVideoSettings } from "@video-engine/video-sdk/react";
import type { ReactElement } from "react";
import { StyleSheet, View } from "react-native";
import type { PickedFiles } from "../draft/use-picked-files.ts";
import { usePalette } from "../theme/use-palette.ts";
import { useDropped } from "../ui/use-dropped.ts";
import { Words } from "../ui/words.tsx";
import { WORDS } from "../words.ts";
import { freePlace, placesOf } from "./places-of.ts";

/** What it needs. */
export interface DropZoneProps {
  readonly pickedFiles: PickedFiles;
  /** Says why a file was not taken. */
  notify(text: string): void;
}

/** Shows itself over the page while files hover over it. */
export function DropZone({ pickedFiles, notify }: DropZoneProps): ReactElement | null {
  const isOver = useDropped(useTake({ pickedFiles, notify }));
  const { surface, accent } = usePalette();
  if (!isOver) return null;
  return (
    <View aria-hidden pointerEvents="none" style={styles.page}>
      <View style={[styles.card, { backgroundColor: surface, borderColor: accent }]}>
        <Words size="title">{WORDS.composer.drop}</Words>
        <Words tone="muted">{WORDS.screen.dropHelp}</Words>
      </View>
    </View>
  );
}

/** Puts files into places of the chosen model, one after the other. */
function useTake({ pickedFiles, notify }: DropZoneProps): (files: readonly File[]) => void {
  const { attachments } = useVideoChoices(pickedFiles.files);
  const { model } = useVideoSettings();
  const { getVideoModel } = useVideoModels();
  return (files) => {
    const offered = placesOf(attachments, pickedFiles.picked);
    const taken = pickedFiles.picked.map(({ place }) => ({ place }));
    for (const file of files) {
      const kind = kindOfType(file.type);
      const place = kind && freePlace(kind, offered, taken);
      if (kind === undefined) notify(WORDS.composer.files.noMedia(file.name));
      else if (place === undefined) notify(WORDS.toast.noPlace(getVideoModel(model).label, file.name));
      else {
        taken.push({ place });
        pickedFiles.add(place, { uri: URL.createObjectURL(file), name: file.name, source: file });
      }
    }
  };
}

const styles = StyleSheet.create({
  page: { ...StyleSheet.absoluteFill, zIndex: 1, alignItems: "center", justifyContent: "center", padding: 24 },
  card: { alignItems: "center", gap: 4, padding: 32, borderRadius: 20, borderWidth: 2, borderStyle: "dashed" },
});
