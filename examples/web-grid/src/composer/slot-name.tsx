// The name of a slot, as short as its place is narrow. Pure.
import type { ReactNode } from "react";

/** The name; what stands in brackets or behind a comma is a line of its own, where there is room. */
export function SlotName({ label }: { readonly label: string }): ReactNode {
  const [, name = label, note] = /^(.*?)(?:, | (?=\())(.*)$/.exec(label) ?? [];
  return (
    <span className="slot-name">
      {name} {note !== undefined && <small>{note}</small>}
    </span>
  );
}
