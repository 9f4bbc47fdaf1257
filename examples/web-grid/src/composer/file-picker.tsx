// An empty slot: a native file input behind a label.
import type { AttachmentSource } from "@video-engine/video-sdk";
import { useId, type ReactNode } from "react";
import { EarlierPicker } from "../earlier/earlier-picker.tsx";
import { Icon, type IconName } from "../ui/icon.tsx";
import { SlotName } from "./slot-name.tsx";
import type { FileKind } from "./attached-files.ts";
import { useAttach } from "./use-attach.ts";

interface Props {
  readonly label: string;
  readonly icon: IconName;
  readonly kind: FileKind;
  readonly onPick: (source: AttachmentSource) => void;
}

/** Picks one file and begins to upload it, or takes one that is there already. */
export function FilePicker({ label, icon, kind, onPick }: Props): ReactNode {
  const attach = useAttach();
  const id = useId();
  return (
    <div className="slot slot-empty">
      <input
        id={id}
        type="file"
        accept={`${kind}/*`}
        onChange={({ target }) => {
          const [file] = target.files ?? [];
          if (file !== undefined) onPick(attach(file, kind));
          // So that the same file can be picked again.
          target.value = "";
        }}
      />
      <label htmlFor={id}>
        <Icon name={icon} />
        <SlotName label={label} />
      </label>
      <EarlierPicker label={label} kind={kind} onPick={onPick} />
    </div>
  );
}
