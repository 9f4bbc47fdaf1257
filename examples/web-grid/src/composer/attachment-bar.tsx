// The slots that the model has: a start and an end frame, Kling's clusters, or whatever else it takes.
import type { AttachmentNeed, VideoChoices } from "@video-engine/video-models";
import type { AttachedFiles, AttachmentSource } from "@video-engine/video-sdk";
import type { ComponentProps, ReactNode } from "react";
import { Icon } from "../ui/icon.tsx";
import { withFile, type SingleField } from "./attached-files.ts";
import { FileSlot } from "./file-slot.tsx";
import { KeyframeSlots } from "./keyframe-slots.tsx";
import { KlingClusters } from "./kling-clusters.tsx";
import { ReferenceLists } from "./reference-lists.tsx";

interface Props {
  readonly choices: VideoChoices;
  readonly files: AttachedFiles;
  readonly onChange: (files: AttachedFiles) => void;
}

/** What can be attached now. Nothing at all for a model that works from text alone. */
export function AttachmentBar({ choices, files, onChange }: Props): ReactNode {
  const { image, startFrame, references, referenceImages, keyframes, sourceVideo, audio } = choices.attachments;
  const slot = (field: SingleField) => ({
    source: files[field],
    onChange: (source: AttachmentSource | undefined) => onChange(withFile(files, field, source)),
  });
  if (references.need !== "none") return <KlingClusters choices={choices} files={files} onChange={onChange} />;
  if (startFrame !== "none") return <FrameSlots choices={choices} slot={slot} />;
  if (image === "none" && !referenceImages && !keyframes && !sourceVideo && !audio) return null;
  return (
    <div
      className={referenceImages || keyframes ? "attachments attachments-many" : "attachments"}
      role="group"
      aria-label="Reference"
    >
      {sourceVideo && <FileSlot label="Video" icon="film" kind="video" {...slot("sourceVideoUrl")} />}
      <PictureSlots choices={choices} slot={slot} />
      {keyframes && <KeyframeSlots limit={keyframes} files={files} onChange={onChange} />}
      <ReferenceLists choices={choices} files={files} onChange={onChange} />
      {audio && <FileSlot label={nameOf("Sound", audio)} icon="sound" kind="audio" {...slot("audioUrl")} />}
    </div>
  );
}

interface SlotsProps extends Pick<Props, "choices"> {
  readonly slot: (field: SingleField) => Pick<ComponentProps<typeof FileSlot>, "source" | "onChange">;
}

function FrameSlots({ choices, slot }: SlotsProps): ReactNode {
  return (
    <div className="attachments" role="group" aria-label="Frames">
      <FileSlot label="Start frame" {...slot("startFrameImageUrl")} />
      <Icon name="arrow" />
      <FileSlot label={nameOf("End frame", choices.attachments.endFrame)} {...slot("endFrameImageUrl")} />
    </div>
  );
}

function PictureSlots({ choices, slot }: SlotsProps): ReactNode {
  const { image, endFrame } = choices.attachments;
  return (
    <>
      {image !== "none" && <FileSlot label={nameOf("Image", image)} {...slot("attachmentImageUrl")} />}
      {endFrame !== "none" && <FileSlot label={nameOf("End frame", endFrame)} {...slot("endFrameImageUrl")} />}
    </>
  );
}

function nameOf(what: string, need: AttachmentNeed): string {
  return need === "optional" ? `${what} (optional)` : what;
}
