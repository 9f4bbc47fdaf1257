// Kling O1's attachments: reference images, elements (one subject from several sides) and a clip to edit.
import type { VideoChoices } from "@video-engine/video-models";
import type { AttachedFiles, AttachedKlingElement, AttachmentSource } from "@video-engine/video-sdk";
import type { ReactNode } from "react";
import { withFile, withReferences } from "./attached-files.ts";
import { FilePicker } from "./file-picker.tsx";
import { FileSlot } from "./file-slot.tsx";
import { KlingElementCard } from "./kling-element-card.tsx";
import { keyOf, replaced } from "./list-of-sources.ts";

interface Props {
  readonly choices: VideoChoices;
  readonly files: AttachedFiles;
  readonly onChange: (files: AttachedFiles) => void;
}

/** The three kinds of references, and how many are left. */
export function KlingClusters({ choices, files, onChange }: Props): ReactNode {
  const { used, max } = choices.attachments.references;
  const images = files.klingO1Images ?? [];
  const elements = files.klingO1Elements ?? [];
  const setImages = (next: readonly AttachmentSource[]): void => onChange(withReferences(files, { images: next }));
  const setElements = (next: readonly AttachedKlingElement[]): void =>
    onChange(withReferences(files, { elements: next }));
  return (
    <div className="attachments attachments-many" role="group" aria-label={`References, ${used} of ${max}`}>
      {images.map((source, index) => (
        <FileSlot
          key={keyOf(source, index)}
          label={`Image ${index + 1}`}
          source={source}
          onChange={(next) => setImages(replaced(images, index, next))}
        />
      ))}
      {elements.map((element, index) => (
        <KlingElementCard
          key={keyOf(element.frontalImageUrl, index)}
          name={`Element ${index + 1}`}
          element={element}
          onChange={(next) => setElements(replaced(elements, index, next))}
        />
      ))}
      {used < max && (
        <>
          <FilePicker label="Add image" icon="image" kind="image" onPick={(source) => setImages([...images, source])} />
          <FilePicker
            label="Add element"
            icon="person"
            kind="image"
            onPick={(source) => setElements([...elements, { frontalImageUrl: source, referenceImageUrls: [] }])}
          />
        </>
      )}
      <FileSlot
        label="Clip to edit"
        icon="film"
        kind="video"
        source={files.klingO1Video}
        onChange={(source) => onChange(withFile(files, "klingO1Video", source))}
      />
      <p className="attachments-count">
        {used} of {max} references
      </p>
    </div>
  );
}
