// A native select that looks like a chip. Shows nothing where there is nothing to choose.
import type { ReactNode } from "react";
import { Icon } from "./icon.tsx";

interface Props<Value extends string | number> {
  readonly label: string;
  readonly values: readonly Value[];
  readonly value: Value | undefined;
  /** How a value reads. Default: as it is. */
  readonly textOf?: (value: Value) => string;
  readonly onChange: (value: Value) => void;
}

/** One choice among the values that are offered now. */
export function SelectChip<Value extends string | number>(props: Props<Value>): ReactNode {
  const { label, values, value, textOf = String, onChange } = props;
  if (values.length === 0) return null;
  return (
    <label className="chip">
      <span className="visually-hidden">{label}</span>
      <select
        value={value}
        onChange={({ target }) => {
          const chosen = values[target.selectedIndex];
          if (chosen !== undefined) onChange(chosen);
        }}
      >
        {values.map((each) => (
          <option key={each} value={each}>
            {textOf(each)}
          </option>
        ))}
      </select>
      <Icon name="chevron" />
    </label>
  );
}
