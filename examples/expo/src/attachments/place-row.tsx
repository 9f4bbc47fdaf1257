// One place for files: what is there, and while there is room a button for a new file and one for an earlier one.
import type { ReactElement } from "react";
import { StyleSheet, View } from "react-native";
import { kindAt, pickedAt } from "../draft/picked.ts";
import type { PickedFiles } from "../draft/use-picked-files.ts";
import { EarlierPicker } from "../earlier/earlier-picker.tsx";
import { WORDS } from "../words.ts";
import { EmptyPlace } from "./empty-place.tsx";
import { PickedFile } from "./picked-file.tsx";
import type { OfferedPlace } from "./places-of.ts";

/** A place, and the files. The files of a place with room for several are numbered. */
export interface PlaceRowProps extends Omit<OfferedPlace, "note">, Partial<Pick<OfferedPlace, "note">> {
  readonly pickedFiles: PickedFiles;
}

/** A place. */
export function PlaceRow({ place, name, room, note, pickedFiles }: PlaceRowProps): ReactElement {
  const there = pickedAt(pickedFiles.picked, place);
  const kind = kindAt(place);
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
        <>
          <EmptyPlace
            icon={kind === "image" ? "image" : "film"}
            name={name}
            note={note}
            label={WORDS.files.add(note === undefined ? name : `${name} (${note})`)}
            onPress={() => void pickedFiles.pick(place)}
          />
          <EarlierPicker name={name} kind={kind} onPick={(url) => pickedFiles.pickUrl(place, url)} />
        </>
      )}
    </View>
  );
}

const styles = StyleSheet.create({ place: { flexDirection: "row", gap: 8 } });
