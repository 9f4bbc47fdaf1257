// The places for files that the chosen model has: pictures, frames, references, keyframes, a clip or a video. Sounds are not picked here.
import type { AttachmentChoices, AttachmentNeed } from "@video-engine/video-models";
import type { ReactElement } from "react";
import { StyleSheet, View } from "react-native";
import { pickedAt, type Place } from "../draft/picked.ts";
import type { PickedFiles } from "../draft/use-picked-files.ts";
import { ElementPlaces } from "./element-places.tsx";
import { PlaceRow } from "./place-row.tsx";

/** What the places show. */
export interface AttachmentPlacesProps {
  /** What the model takes, with these files attached. */
  readonly takes: AttachmentChoices;
  readonly pickedFiles: PickedFiles;
}

/** The places. None for a model that works from text alone. */
export function AttachmentPlaces({ takes, pickedFiles }: AttachmentPlacesProps): ReactElement {
  const { references } = takes;
  const free = references.max - references.used;
  const images = pickedAt(pickedFiles.picked, "reference").length;
  return (
    <View style={styles.places}>
      {references.need !== "none" && (
        <>
          <PlaceRow
            place="reference"
            name="Image"
            pickedFiles={pickedFiles}
            room={images + free}
            note={`${references.used} of ${references.max} references`}
          />
          <ElementPlaces pickedFiles={pickedFiles} isRoomLeft={free > 0} />
        </>
      )}
      {listPlaces(takes).map(({ place, name, max }) => (
        <PlaceRow key={place} place={place} name={name} pickedFiles={pickedFiles} room={max} note={`up to ${max}`} />
      ))}
      {singlePlaces(takes).map(({ place, name, need }) => (
        <PlaceRow
          key={place}
          place={place}
          name={name}
          pickedFiles={pickedFiles}
          room={1}
          note={need === "optional" ? "optional" : undefined}
        />
      ))}
    </View>
  );
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
    ...(referenceImages ? [{ place: "media-image", name: "Image", max: referenceImages.max } as const] : []),
    ...(referenceVideos ? [{ place: "media-video", name: "Clip", max: referenceVideos.max } as const] : []),
    ...(keyframes ? [{ place: "keyframe", name: "Keyframe", max: keyframes.max } as const] : []),
  ];
}

function singlePlaces({ image, startFrame, endFrame, video, sourceVideo }: AttachmentChoices): readonly SinglePlace[] {
  const all: readonly SinglePlace[] = [
    { place: "image", name: "Image", need: image },
    { place: "start-frame", name: "Start frame", need: startFrame },
    { place: "end-frame", name: "End frame", need: endFrame },
    { place: "clip", name: "Clip to edit", need: video },
    { place: "video", name: "Video", need: sourceVideo ?? "none" },
  ];
  return all.filter(({ need }) => need !== "none");
}

const styles = StyleSheet.create({ places: { gap: 8 } });
