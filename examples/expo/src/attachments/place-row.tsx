// One place for files: what is there, and while there is room a button for a new file and one for an earlier one.
import type { ReactElement } from "react";
import { StyleSheet, View } from "react-native";
import { kindAt, pickedAt, type Place } from "../draft/picked.ts";
import type { PickedFiles } from "../draft/use-picked-files.ts";
import { EarlierPicker } from "../earlier/earlier-picker.tsx";
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
        <View style={styles.ways}>
          <View style={styles.add}>
            <Button
              title={`+ ${wanted}`}
              label={`Add ${wanted.toLowerCase()}`}
              onPress={() => void pickedFiles.pick(place)}
            />
          </View>
          <EarlierPicker name={name} kind={kindAt(place)} onPick={(url) => pickedFiles.pickUrl(place, url)} />
        </View>
      )}
    </View>
  );
}

const styles = StyleSheet.create({
  place: { gap: 8 },
  ways: { flexDirection: "row", gap: 8 },
  add: { flex: 1 },
});
