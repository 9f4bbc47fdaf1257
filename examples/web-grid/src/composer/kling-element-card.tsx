// One element: its main view and one to three further ones.
import type { AttachedKlingElement } from "@video-engine/video-sdk";
import type { ReactNode } from "react";
import { FilePicker } from "./file-picker.tsx";
import { FileSlot } from "./file-slot.tsx";
import { keyOf, replaced } from "./list-of-sources.ts";

const MOST_VIEWS = 3;

interface Props {
  readonly name: string;
  readonly element: AttachedKlingElement;
  /** Undefined removes it. */
  readonly onChange: (element: AttachedKlingElement | undefined) => void;
}

/** A subject that is shown from several sides. */
export function KlingElementCard({ name, element, onChange }: Props): ReactNode {
  const { frontalImageUrl, referenceImageUrls: views } = element;
  return (
    <div className="element" role="group" aria-label={name}>
      <FileSlot
        label={`${name}, main view`}
        source={frontalImageUrl}
        onChange={(source) => onChange(source === undefined ? undefined : { ...element, frontalImageUrl: source })}
      />
      {views.map((view, index) => (
        <FileSlot
          key={keyOf(view, index)}
          label={`View ${index + 1}`}
          source={view}
          onChange={(source) => onChange({ ...element, referenceImageUrls: replaced(views, index, source) })}
        />
      ))}
      {views.length < MOST_VIEWS && (
        <FilePicker
          label={views.length === 0 ? "Add a view" : "Add view"}
          icon="plus"
          kind="image"
          onPick={(source) => onChange({ ...element, referenceImageUrls: [...views, source] })}
        />
      )}
    </div>
  );
}
