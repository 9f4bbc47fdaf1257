// The places for files that the chosen model has: pictures, frames, references, keyframes, a clip or a video. Sounds are not picked here.
import type { AttachmentChoices, AttachmentNeed } from "@video-engine/video-models";
import type { ReactElement } from "react";
import { ScrollView, StyleSheet } from "react-native";
import { pickedAt, type Place } from "../draft/picked.ts";
import type { PickedFiles } from "../draft/use-picked-files.ts";
import { WORDS } from "../words.ts";
import { ElementPlaces } from "./element-places.tsx";
import { PlaceRow } from "./place-row.tsx";

/** What the places show. */
export interface AttachmentPlacesProps {
  /** What the model takes, with these files attached. */
  readonly takes: AttachmentChoices;
  readonly pickedFiles: PickedFiles;
}

/** The places. None for a model that works from text alone. */
export function AttachmentPlaces({ takes, pickedFiles }: AttachmentPlacesProps): ReactElement | null {
  const { references } = takes;
  const free = references.max - references.used;
  const images = pickedAt(pickedFiles.picked, "reference").length;
  const lists = listPlaces(takes);
  const singles = singlePlaces(takes);
  if (references.need === "none" && lists.length + singles.length === 0) return null;
  return (
    <ScrollView
      horizontal
      showsHorizontalScrollIndicator={false}
      keyboardShouldPersistTaps="handled"
      style={styles.bar}
      contentContainerStyle={styles.places}
    >
      {references.need !== "none" && (
        <>
          <PlaceRow
            place="reference"
            name={WORDS.files.image}
            pickedFiles={pickedFiles}
            room={images + free}
            note={WORDS.files.used(references.used, references.max)}
          />
          <ElementPlaces pickedFiles={pickedFiles} isRoomLeft={free > 0} />
        </>
      )}
      {lists.map(({ place, name, max }) => (
        <PlaceRow
          key={place}
          place={place}
          name={name}
          pickedFiles={pickedFiles}
          room={max}
          note={WORDS.files.upTo(max)}
        />
      ))}
      {singles.map(({ place, name, need }) => (
        <PlaceRow
          key={place}
          place={place}
          name={name}
          pickedFiles={pickedFiles}
          room={1}
          note={need === "optional" ? WORDS.files.optional : undefined}
        />
      ))}
    </ScrollView>
  );
}

/** Whether there is one place, for one file. */
export function isOnePlace(takes: AttachmentChoices): boolean {
  return takes.references.need === "none" && listPlaces(takes).length === 0 && singlePlaces(takes).length === 1;
}

interface SinglePlace {
  readonly place: Place;
  readonly name: string;
  readonly need: AttachmentNeed;
}

interface ListPlace {
  readonly place: Place;
  readonly name: string;
  readonly max: number;
}

function listPlaces({ referenceImages, referenceVideos, keyframes }: AttachmentChoices): readonly ListPlace[] {
  return [
    ...(referenceImages ? [{ place: "media-image", name: WORDS.files.image, max: referenceImages.max } as const] : []),
    ...(referenceVideos ? [{ place: "media-video", name: WORDS.files.clip, max: referenceVideos.max } as const] : []),
    ...(keyframes ? [{ place: "keyframe", name: WORDS.files.keyframe, max: keyframes.max } as const] : []),
  ];
}

function singlePlaces({ image, startFrame, endFrame, video, sourceVideo }: AttachmentChoices): readonly SinglePlace[] {
  const all: readonly SinglePlace[] = [
    { place: "image", name: WORDS.files.image, need: image },
    { place: "start-frame", name: WORDS.files.startFrame, need: startFrame },
    { place: "end-frame", name: WORDS.files.endFrame, need: endFrame },
    { place: "clip", name: WORDS.files.clipToEdit, need: video },
    { place: "video", name: WORDS.files.video, need: sourceVideo ?? "none" },
  ];
  return all.filter(({ need }) => need !== "none");
}

const styles = StyleSheet.create({ bar: { flexGrow: 0, flexShrink: 0 }, places: { gap: 8 } });
