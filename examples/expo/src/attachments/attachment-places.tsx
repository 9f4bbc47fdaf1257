// The places for files that the chosen model has, side by side.
import type { AttachmentChoices } from "@video-engine/video-models";
import type { ReactElement } from "react";
import { ScrollView, StyleSheet } from "react-native";
import type { PickedFiles } from "../draft/use-picked-files.ts";
import { ElementPlaces } from "./element-places.tsx";
import { PlaceRow } from "./place-row.tsx";
import { placesOf } from "./places-of.ts";

/** What the places show. */
export interface AttachmentPlacesProps {
  /** What the model takes, with these files attached. */
  readonly takes: AttachmentChoices;
  readonly pickedFiles: PickedFiles;
}

/** The places. None for a model that works from text alone. */
export function AttachmentPlaces({ takes, pickedFiles }: AttachmentPlacesProps): ReactElement | null {
  const { references } = takes;
  const places = placesOf(takes, pickedFiles.picked);
  const [first] = references.need === "none" ? [] : places;
  const others = first === undefined ? places : places.slice(1);
  if (places.length === 0) return null;
  return (
    <ScrollView
      horizontal
      showsHorizontalScrollIndicator={false}
      keyboardShouldPersistTaps="handled"
      style={styles.bar}
      contentContainerStyle={styles.places}
    >
      {first && (
        <>
          <PlaceRow {...first} pickedFiles={pickedFiles} />
          <ElementPlaces pickedFiles={pickedFiles} isRoomLeft={references.used < references.max} />
        </>
      )}
      {others.map((each) => (
        <PlaceRow key={each.place} {...each} pickedFiles={pickedFiles} />
      ))}
    </ScrollView>
  );
}

/** Whether there is one place, for one file. */
export function isOnePlace(takes: AttachmentChoices): boolean {
  const places = placesOf(takes, []);
  return takes.references.need === "none" && places.length === 1 && places[0]?.room === 1;
}

const styles = StyleSheet.create({ bar: { flexGrow: 0, flexShrink: 0 }, places: { gap: 8 } });
