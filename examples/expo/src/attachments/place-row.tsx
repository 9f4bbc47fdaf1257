// One place for files: what is there, and a button while there is room.
import type { ReactElement } from "react";
import { StyleSheet, View } from "react-native";
import { pickedAt, type Place } from "../draft/picked.ts";
import type { PickedFiles } from "../draft/use-picked-files.ts";
import { Button } from "../ui/button.tsx";
import { PickedFile } from "./picked-file.tsx";

/** What a place is. */
export interface PlaceRowProps {
  readonly place: Place;
  /** Such as `Start frame`. The files of a place with room for several are numbered. */
  readonly name: string;
  /** How many files there may be. */
  readonly room: number;
  /** Stands behind the name on the button, such as `optional`. */
  readonly note?: string | undefined;
  readonly pickedFiles: PickedFiles;
}

/** A place. */
export function PlaceRow({ place, name, room, note, pickedFiles }: PlaceRowProps): ReactElement {
  const there = pickedAt(pickedFiles.picked, place);
  const wanted = note === undefined ? name : `${name} (${note})`;
  return (
    <View style={styles.place}>
      {there.map((picked, index) => (
        <PickedFile
          key={picked.attachment.id}
          name={room === 1 ? name : `${name} ${index + 1}`}
          picked={picked}
          onRemove={pickedFiles.remove}
        />
      ))}
      {there.length < room && (
        <Button
          title={`+ ${wanted}`}
          label={`Add ${wanted.toLowerCase()}`}
          onPress={() => void pickedFiles.pick(place)}
        />
      )}
    </View>
  );
}

const styles = StyleSheet.create({ place: { gap: 8 } });
