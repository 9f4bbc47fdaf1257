// Kling O1's elements: each a subject from several sides, its main view first.
import type { ReactElement } from "react";
import { elementPlaces } from "../draft/picked.ts";
import type { PickedFiles } from "../draft/use-picked-files.ts";
import { WORDS } from "../words.ts";
import { EmptyPlace } from "./empty-place.tsx";
import { PlaceRow } from "./place-row.tsx";

/** The main view and three more. */
const MOST_VIEWS = 4;

/** The elements that there are, and a button for one more while there is room. */
export function ElementPlaces(props: {
  readonly pickedFiles: PickedFiles;
  readonly isRoomLeft: boolean;
}): ReactElement {
  const { pickedFiles, isRoomLeft } = props;
  const places = elementPlaces(pickedFiles.picked);
  const last = Math.max(0, ...places.map((place) => Number(place.slice("element-".length))));
  return (
    <>
      {places.map((place, index) => (
        <PlaceRow
          key={place}
          place={place}
          name={WORDS.files.element(index + 1)}
          room={MOST_VIEWS}
          pickedFiles={pickedFiles}
        />
      ))}
      {isRoomLeft && (
        <EmptyPlace
          icon="plus"
          name={WORDS.files.addElement}
          label={WORDS.files.addElementHelp}
          onPress={() => void pickedFiles.pick(`element-${last + 1}`)}
        />
      )}
    </>
  );
}
