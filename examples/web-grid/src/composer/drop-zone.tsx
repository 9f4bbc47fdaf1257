// Files that are dropped or pasted anywhere on the page go to the first place that the model has for them.
import type { VideoModelId } from "@video-engine/video-models";
import type { AttachedFiles } from "@video-engine/video-sdk";
import { useVideoModels } from "@video-engine/video-sdk/react";
import type { ReactNode } from "react";
import { notify } from "../ui/notify.ts";
import { useDropped } from "../ui/use-dropped.ts";
import { WORDS } from "../words.ts";
import { kindOfType } from "./attached-files.ts";
import { placeFor } from "./place-for.ts";
import { dropFile, useAttach } from "./use-attach.ts";

interface Props {
  readonly model: VideoModelId;
  /** Takes what puts the files into the draft. */
  readonly onFiles: (place: (files: AttachedFiles) => AttachedFiles) => void;
}

/** Shows itself over the page while files hover over it. */
export function DropZone({ model, onFiles }: Props): ReactNode {
  const attach = useAttach();
  const models = useVideoModels();
  const take = (dropped: readonly File[]): void => {
    const attached = dropped.flatMap((file) => {
      const kind = kindOfType(file.type);
      if (kind !== undefined) return [{ kind, name: file.name, source: attach(file, kind) }];
      notify(WORDS.composer.files.noMedia(file.name));
      return [];
    });
    if (attached.length === 0) return;
    onFiles((before) =>
      attached.reduce((files, { kind, name, source }) => {
        const placed = placeFor(kind, { models, model, files, source });
        if (placed !== undefined) return placed;
        dropFile(source);
        notify(WORDS.toast.noPlace(models.getVideoModel(model).label, name));
        return files;
      }, before),
    );
  };
  const isOver = useDropped(take);
  if (!isOver) return null;
  return (
    <div className="drop-zone" aria-hidden="true">
      <p>{WORDS.composer.drop}</p>
      <p>{WORDS.composer.dropHelp}</p>
    </div>
  );
}
