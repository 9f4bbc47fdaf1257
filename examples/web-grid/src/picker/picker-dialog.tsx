// The inside of the picker: a search field, filters, and the models that they find, as in a command palette.
import { Autocomplete } from "@base-ui/react/autocomplete";
import { Toggle } from "@base-ui/react/toggle";
import { ToggleGroup } from "@base-ui/react/toggle-group";
import type { VideoModelId } from "@video-engine/video-sdk";
import { useVideoModels } from "@video-engine/video-sdk/react";
import { useMemo, useRef, useState, type KeyboardEvent, type ReactNode, type RefObject } from "react";
import { Dialog } from "../ui/dialog.tsx";
import { Icon } from "../ui/icon.tsx";
import { WORDS } from "../words.ts";
import { MODEL_FILTERS, type ModelFilter } from "./model-filters.ts";
import { ModelOption } from "./model-option.tsx";
import { groupsOf, pickerRows, type PickedNow, type PickerGroup, type PickerRow } from "./picker-rows.ts";

interface Props extends PickedNow {
  readonly isOpen: boolean;
  readonly model: VideoModelId;
  readonly opener: RefObject<HTMLElement | null>;
  readonly onChoose: (id: VideoModelId) => void;
  readonly onClose: () => void;
}

const words = WORDS.picker;

/** A dialog, whose search begins anew each time. */
export function PickerDialog({ isOpen, opener, onClose, ...rest }: Props): ReactNode {
  const search = useRef<HTMLInputElement>(null);
  return (
    <Dialog
      isOpen={isOpen}
      onClose={onClose}
      title={words.title}
      className="picker"
      initialFocus={search}
      finalFocus={opener}
    >
      <Search search={search} onClose={onClose} {...rest} />
    </Dialog>
  );
}

interface SearchProps extends Omit<Props, "isOpen" | "opener"> {
  readonly search: RefObject<HTMLInputElement | null>;
}

function Search({ search, model, chosen, files, onChoose, onClose }: SearchProps): ReactNode {
  const models = useVideoModels();
  const [wanted, setWanted] = useState("");
  const [filters, setFilters] = useState<readonly ModelFilter[]>([]);
  const [now] = useState(Date.now);
  const rows = useMemo(() => pickerRows(models, { chosen, files }, now), [models, chosen, files, now]);
  const groups = useMemo(() => groupsOf(rows, wanted, filters), [rows, wanted, filters]);
  const count = groups.reduce((sum, { items }) => sum + items.length, 0);
  const clearFirst = (event: KeyboardEvent): void => {
    if (event.key !== "Escape" || wanted === "") return;
    event.preventDefault();
    event.stopPropagation();
    setWanted("");
  };
  return (
    <Autocomplete.Root
      open
      inline
      items={groups}
      filter={null}
      value={wanted}
      // Not with the name of what is chosen.
      onValueChange={(value, { reason }) => reason === "item-press" || setWanted(value)}
      itemToStringValue={({ model: { label } }: PickerRow) => label}
      autoHighlight="always"
    >
      <header className="picker-head">
        <label className="search">
          <Icon name="search" />
          <span className="visually-hidden">{words.search}</span>
          <Autocomplete.Input
            ref={search}
            placeholder={words.placeholder}
            // Before the list hears of it.
            onKeyDownCapture={clearFirst}
          />
        </label>
        <button type="button" className="icon-button" aria-label={WORDS.large.close} onClick={onClose}>
          <Icon name="close" />
        </button>
        <Filters filters={filters} onChange={setFilters} />
        <p className="visually-hidden" role="status">
          {words.count(count)}
        </p>
      </header>
      {count === 0 && <p className="picker-none">{words.none(wanted)}</p>}
      <Found chosen={model} onChoose={onChoose} />
    </Autocomplete.Root>
  );
}

interface FoundProps {
  readonly chosen: VideoModelId;
  readonly onChoose: (id: VideoModelId) => void;
}

/** The models by their makers. */
function Found({ chosen, onChoose }: FoundProps): ReactNode {
  return (
    <Autocomplete.List className="picker-list" aria-label={words.title}>
      {({ value, items }: PickerGroup) => (
        <Autocomplete.Group key={value} items={items}>
          <Autocomplete.GroupLabel className="picker-maker">{value}</Autocomplete.GroupLabel>
          <Autocomplete.Collection>
            {(row: PickerRow) => {
              const { id } = row.model;
              return <ModelOption key={id} row={row} isChosen={id === chosen} onChoose={() => onChoose(id)} />;
            }}
          </Autocomplete.Collection>
        </Autocomplete.Group>
      )}
    </Autocomplete.List>
  );
}

interface FiltersProps {
  readonly filters: readonly ModelFilter[];
  readonly onChange: (filters: readonly ModelFilter[]) => void;
}

function Filters({ filters, onChange }: FiltersProps): ReactNode {
  return (
    <ToggleGroup
      className="picker-filters"
      aria-label={words.filters}
      multiple
      value={filters}
      onValueChange={(value) => onChange(MODEL_FILTERS.filter((filter) => value.includes(filter)))}
    >
      {MODEL_FILTERS.map((filter) => (
        <Toggle key={filter} value={filter} className="chip">
          {words.filter[filter]}
        </Toggle>
      ))}
    </ToggleGroup>
  );
}
