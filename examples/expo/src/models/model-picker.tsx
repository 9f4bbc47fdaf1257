// The button that names the chosen model, and the sheet to choose another from: by maker, by what it can do, and by words.
import { BottomSheetFlatList } from "@gorhom/bottom-sheet";
import { MODEL_FILTERS, type ModelFilter } from "@video-engine/example-web-grid/model-filters";
import { groupsOf, pickerRows, type PickerRow } from "@video-engine/example-web-grid/picker-rows";
import type { AttachedFiles, VideoModelId } from "@video-engine/video-sdk";
import { useVideoModels, useVideoSettings, type SoldModels } from "@video-engine/video-sdk/react";
import { useMemo, useState, type ReactElement } from "react";
import { ScrollView, StyleSheet, View } from "react-native";
import { Chip } from "../ui/chip.tsx";
import { Field } from "../ui/field.tsx";
import { Icon } from "../ui/icon.tsx";
import { Sheet } from "../ui/sheet.tsx";
import { Words } from "../ui/words.tsx";
import { WORDS } from "../words.ts";
import { ModelLogo } from "./model-logo.tsx";
import { ModelRow } from "./model-row.tsx";

/** What the prices in the picker are for. */
export interface ModelPickerProps {
  readonly files: AttachedFiles;
}

/** Chooses the model; its own last-used settings come with it. */
export function ModelPicker({ files }: ModelPickerProps): ReactElement {
  const { model, select } = useVideoSettings();
  const [isOpen, setIsOpen] = useState(false);
  const { label, logo } = useVideoModels().getVideoModel(model);
  const choose = (id: VideoModelId): void => {
    select(id);
    setIsOpen(false);
  };
  return (
    <>
      <Chip
        title={label}
        label={WORDS.picker.chosen(label)}
        before={<ModelLogo logo={logo} size={26} />}
        after={<Icon name="chevron" size={16} />}
        onPress={() => setIsOpen(true)}
      />
      <Sheet title={WORDS.picker.title} isTall isOpen={isOpen} onClose={() => setIsOpen(false)}>
        <ModelSearch chosenModel={model} files={files} onChoose={choose} />
      </Sheet>
    </>
  );
}

interface ModelSearchProps extends ModelPickerProps {
  readonly chosenModel: VideoModelId;
  onChoose(id: VideoModelId): void;
}

function ModelSearch({ chosenModel, files, onChoose }: ModelSearchProps): ReactElement {
  const { picker } = WORDS;
  const [search, setSearch] = useState("");
  const [filters, setFilters] = useState<readonly ModelFilter[]>([]);
  const rows = useRows(files);
  const items = useMemo(
    () => groupsOf(rows, search, filters).flatMap(({ value, items: models }) => [value, ...models]),
    [rows, search, filters],
  );
  return (
    <>
      <Field label={picker.search} hint={picker.placeholder} isInSheet value={search} onChange={setSearch} />
      <Filters chosen={filters} onChange={setFilters} />
      <BottomSheetFlatList<string | PickerRow>
        data={items}
        keyExtractor={(item) => (typeof item === "string" ? item : item.model.id)}
        keyboardShouldPersistTaps="handled"
        contentContainerStyle={styles.list}
        ListEmptyComponent={<Words tone="muted">{picker.none(search)}</Words>}
        renderItem={({ item }) =>
          typeof item === "string" ? (
            <Words size="small" tone="muted" accessibilityRole="header" style={styles.maker}>
              {item}
            </Words>
          ) : (
            <ModelRow row={item} isChosen={item.model.id === chosenModel} onChoose={onChoose} />
          )
        }
      />
    </>
  );
}

interface FiltersProps {
  readonly chosen: readonly ModelFilter[];
  onChange(chosen: readonly ModelFilter[]): void;
}

function Filters({ chosen, onChange }: FiltersProps): ReactElement {
  return (
    <View>
      <ScrollView
        horizontal
        showsHorizontalScrollIndicator={false}
        keyboardShouldPersistTaps="handled"
        accessibilityLabel={WORDS.picker.filters}
        contentContainerStyle={styles.filters}
      >
        {MODEL_FILTERS.map((filter) => {
          const isChosen = chosen.includes(filter);
          return (
            <Chip
              key={filter}
              title={WORDS.picker.filter[filter]}
              isChosen={isChosen}
              accessibilityRole="checkbox"
              aria-checked={isChosen}
              onPress={() => onChange(isChosen ? chosen.filter((one) => one !== filter) : [...chosen, filter])}
            />
          );
        })}
      </ScrollView>
    </View>
  );
}

function useRows(files: AttachedFiles): readonly PickerRow[] {
  const sold = useVideoModels();
  const { chosen } = useVideoSettings();
  const [now] = useState(Date.now);
  return useMemo(
    () => pickerRows(sold, { chosen, files }, now).filter((row) => isMadeHere(sold, row)),
    [sold, chosen, files, now],
  );
}

/** A device's picker gives pictures and videos, and no sound. */
function isMadeHere({ choicesFor }: SoldModels, { model }: PickerRow): boolean {
  return choicesFor(model.id).attachments.audio !== "required";
}

const styles = StyleSheet.create({
  list: { paddingBottom: 32 },
  maker: { paddingTop: 14, paddingBottom: 4, paddingHorizontal: 10 },
  filters: { gap: 8 },
});
