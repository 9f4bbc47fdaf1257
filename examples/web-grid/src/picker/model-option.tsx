// One model in the picker.
import { Autocomplete } from "@base-ui/react/autocomplete";
import type { ReactNode } from "react";
import { Icon } from "../ui/icon.tsx";
import { Logo } from "./logo.tsx";
import type { PickerRow } from "./picker-rows.ts";

interface Props {
  readonly row: PickerRow;
  readonly isChosen: boolean;
  readonly onChoose: () => void;
}

/** Its logo, name, what it is good for, its specs and its price. */
export function ModelOption({ row, isChosen, onChoose }: Props): ReactNode {
  const { model, specs, price, badges } = row;
  return (
    <Autocomplete.Item value={row} className="option" data-chosen={isChosen || undefined} onClick={onChoose}>
      <Logo name={model.logo} />
      <span className="option-name">
        {model.label}
        {badges.map((badge) => (
          <span key={badge} className="badge">
            {badge}
          </span>
        ))}
        {isChosen && <Icon name="check" />}
      </span>
      <span className="option-text">{model.description}</span>
      <span className="option-price">{price}</span>
      <span className="option-specs">{specs.join(" · ")}</span>
    </Autocomplete.Item>
  );
}
