// A native checkbox as a switch, in a chip.
import type { ReactNode } from "react";

interface Props {
  readonly label: string;
  readonly isOn: boolean;
  /** True where the model decides it. */
  readonly isFixed?: boolean;
  readonly onChange?: (isOn: boolean) => void;
}

/** One yes-or-no setting. */
export function SwitchChip({ label, isOn, isFixed = false, onChange }: Props): ReactNode {
  return (
    <label className="chip chip-switch">
      <input
        type="checkbox"
        role="switch"
        checked={isOn}
        disabled={isFixed}
        onChange={({ target }) => onChange?.(target.checked)}
      />
      <span>{label}</span>
    </label>
  );
}
