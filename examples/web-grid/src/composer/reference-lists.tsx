// Lists of references: pictures, clips and sounds, each with a limit of its own.
import type { VideoChoices } from "@video-engine/video-models";
import type { AttachedFiles, AttachmentSource } from "@video-engine/video-sdk";
import { Fragment, type ReactNode } from "react";
import { withList } from "./attached-files.ts";
import { FilePicker } from "./file-picker.tsx";
import { FileSlot } from "./file-slot.tsx";
import { keyOf, replaced } from "./list-of-sources.ts";

interface Props {
  readonly choices: VideoChoices;
  readonly files: AttachedFiles;
  readonly onChange: (files: AttachedFiles) => void;
}

const LISTS = [
  { choice: "referenceImages", field: "referenceImageUrls", kind: "image", icon: "image", noun: "Image" },
  { choice: "referenceVideos", field: "referenceVideoUrls", kind: "video", icon: "film", noun: "Clip" },
  { choice: "referenceAudios", field: "referenceAudioUrls", kind: "audio", icon: "sound", noun: "Sound" },
] as const;

/** The lists that the model takes, and a place for one more of each that is not full. */
export function ReferenceLists({ choices, files, onChange }: Props): ReactNode {
  return LISTS.map(({ choice, field, kind, icon, noun }) => {
    const limit = choices.attachments[choice];
    if (limit === undefined) return null;
    const sources = files[field] ?? [];
    const set = (next: readonly AttachmentSource[]): void => onChange(withList(files, field, next));
    return (
      <Fragment key={field}>
        {sources.map((source, index) => (
          <FileSlot
            key={keyOf(source, index)}
            label={`${noun} ${index + 1}`}
            icon={icon}
            kind={kind}
            source={source}
            onChange={(next) => set(replaced(sources, index, next))}
          />
        ))}
        {sources.length < limit.max && (
          <FilePicker
            label={`Add ${noun.toLowerCase()}`}
            icon={icon}
            kind={kind}
            onPick={(source) => set([...sources, source])}
          />
        )}
      </Fragment>
    );
  });
}
