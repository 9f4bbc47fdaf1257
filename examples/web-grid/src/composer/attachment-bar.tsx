// The slots that the model has: one reference image, a start and an end frame, or Kling O1's clusters.
import type { VideoChoices } from "@video-engine/video-models";
import type { AttachedFiles, AttachmentSource } from "@video-engine/video-sdk";
import type { ReactNode } from "react";
import { Icon } from "../ui/icon.tsx";
import { withFile, type SingleField } from "./attached-files.ts";
import { FileSlot } from "./file-slot.tsx";
import { KlingClusters } from "./kling-clusters.tsx";

interface Props {
  readonly choices: VideoChoices;
  readonly files: AttachedFiles;
  readonly onChange: (files: AttachedFiles) => void;
}

/** What can be attached now. Nothing at all for a model that works from text alone. */
export function AttachmentBar({ choices, files, onChange }: Props): ReactNode {
  const { image, startFrame, endFrame, references } = choices.attachments;
  const slot = (field: SingleField) => ({
    source: files[field],
    onChange: (source: AttachmentSource | undefined) => onChange(withFile(files, field, source)),
  });
  if (references.need !== "none") return <KlingClusters choices={choices} files={files} onChange={onChange} />;
  if (startFrame !== "none") {
    return (
      <div className="attachments" role="group" aria-label="Frames">
        <FileSlot label="Start frame" {...slot("startFrameImageUrl")} />
        <Icon name="arrow" />
        <FileSlot
          label={endFrame === "optional" ? "End frame (optional)" : "End frame"}
          {...slot("endFrameImageUrl")}
        />
      </div>
    );
  }
  if (image === "none") return null;
  return (
    <div className="attachments" role="group" aria-label="Reference">
      <FileSlot label={image === "required" ? "Image" : "Image (optional)"} {...slot("attachmentImageUrl")} />
      {endFrame !== "none" && <FileSlot label="End frame (optional)" {...slot("endFrameImageUrl")} />}
    </div>
  );
}
