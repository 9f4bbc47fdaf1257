// A place for one file: a button that picks it, then its picture with the upload's progress, its error, and the way to remove it.
import type { AttachmentSource } from "@video-engine/video-sdk";
import { useAttachment } from "@video-engine/video-sdk/react";
import { useEffect, useRef, type ReactNode } from "react";
import { Icon, type IconName } from "../ui/icon.tsx";
import { WORDS } from "../words.ts";
import { FilePicker } from "./file-picker.tsx";
import { SlotName } from "./slot-name.tsx";
import { SlotPicture } from "./slot-picture.tsx";
import type { FileKind } from "./attached-files.ts";
import { dropFile, previewOf } from "./use-attach.ts";

interface Props {
  /** What belongs here, such as `Start frame`. */
  readonly label: string;
  readonly icon?: IconName;
  readonly kind?: FileKind;
  readonly source: AttachmentSource | undefined;
  readonly onChange: (source: AttachmentSource | undefined) => void;
}

/** One slot, empty or filled. */
export function FileSlot({ label, icon = "image", kind = "image", source, onChange }: Props): ReactNode {
  if (source === undefined) return <FilePicker label={label} icon={icon} kind={kind} onPick={onChange} />;
  const remove = (): void => {
    dropFile(source);
    onChange(undefined);
  };
  return <FilledSlot label={label} kind={kind} source={source} onRemove={remove} />;
}

interface FilledProps {
  readonly label: string;
  readonly kind: FileKind;
  readonly source: AttachmentSource;
  readonly onRemove: () => void;
}

function FilledSlot({ label, kind, source, onRemove }: FilledProps): ReactNode {
  const upload = useAttachment(typeof source === "object" && "uploaded" in source ? source : undefined);
  const slot = useRef<HTMLElement>(null);
  const hasFailed = upload?.error !== undefined;
  useEffect(() => {
    // The slots of a narrow page scroll, and what keeps a draft from being sent has to be seen.
    if (hasFailed) slot.current?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }, [hasFailed]);
  const name = previewOf(source)?.name ?? WORDS.composer.fromEarlier;
  return (
    <figure ref={slot} className="slot slot-filled" data-status={upload?.status ?? "uploaded"}>
      <SlotPicture source={source} kind={kind} label={label} />
      {upload?.status === "uploading" && (
        <progress aria-label={WORDS.composer.uploading(name)} value={upload.sentBytes} max={upload.totalBytes ?? 1} />
      )}
      <figcaption>
        <SlotName label={label} />
      </figcaption>
      {upload?.error !== undefined && (
        <p className="slot-error" role="alert">
          {upload.error.message}
        </p>
      )}
      <button
        type="button"
        className="slot-remove"
        aria-label={WORDS.composer.removeFile(label, name)}
        onClick={onRemove}
      >
        <Icon name="close" />
      </button>
    </figure>
  );
}
