// The button that names the chosen model, and the sheet to choose another from.
import type { VideoModelId } from "@video-engine/video-sdk";
import { useVideoModels, useVideoSettings } from "@video-engine/video-sdk/react";
import { useMemo, useState, type ReactElement } from "react";
import { FlatList, StyleSheet } from "react-native";
import { Button } from "../ui/button.tsx";
import { Field } from "../ui/field.tsx";
import { Sheet } from "../ui/sheet.tsx";
import { Words } from "../ui/words.tsx";
import { findModels } from "./find-models.ts";
import { ModelRow } from "./model-row.tsx";

/** Chooses the model; its own last-used settings come with it. */
export function ModelPicker(): ReactElement {
  const { model, select } = useVideoSettings();
  const [isOpen, setIsOpen] = useState(false);
  const { label } = useVideoModels().getVideoModel(model);
  const choose = (id: VideoModelId): void => {
    select(id);
    setIsOpen(false);
  };
  return (
    <>
      <Button title={`${label} ▾`} label={`Model: ${label}`} onPress={() => setIsOpen(true)} />
      <Sheet title="Choose a model" isOpen={isOpen} onClose={() => setIsOpen(false)}>
        <ModelSearch chosen={model} onChoose={choose} />
      </Sheet>
    </>
  );
}

function ModelSearch(props: { readonly chosen: VideoModelId; onChoose(id: VideoModelId): void }): ReactElement {
  const [search, setSearch] = useState("");
  const sold = useVideoModels();
  const models = useMemo(() => findModels(sold, search), [sold, search]);
  return (
    <>
      <Field label="Search models" hint="Name, maker, 1080p, audio…" value={search} onChange={setSearch} />
      <FlatList
        accessibilityRole="radiogroup"
        data={models}
        keyExtractor={({ id }) => id}
        keyboardShouldPersistTaps="handled"
        contentContainerStyle={styles.list}
        ListEmptyComponent={<Words tone="muted">No model is called like this.</Words>}
        renderItem={({ item }) => (
          <ModelRow model={item} isChosen={item.id === props.chosen} onChoose={props.onChoose} />
        )}
      />
    </>
  );
}

const styles = StyleSheet.create({
  list: { gap: 8, paddingBottom: 12 },
});
