// How a file of the draft looks, small.
import type { AttachmentSource } from "@video-engine/video-sdk";
import type { ReactNode } from "react";
import { useShowable } from "../showable.ts";
import { Icon } from "../ui/icon.tsx";
import { WORDS } from "../words.ts";
import type { FileKind } from "./attached-files.ts";
import { previewOf } from "./use-attach.ts";

interface Props {
  readonly source: AttachmentSource;
  /** What it is taken for where it has no look of its own. */
  readonly kind: FileKind;
  /** Its name. */
  readonly label: string;
}

/** Its picture, its first frame, or a sign for sound. */
export function SlotPicture({ source, kind, label }: Props): ReactNode {
  const showable = useShowable();
  const preview = previewOf(source);
  const shownAs = preview?.kind ?? kind;
  const url = preview?.url ?? (typeof source === "string" ? showable(source) : undefined);
  if (shownAs === "audio") return <Icon name="sound" />;
  if (shownAs === "image") return <img src={url} alt={`${label}: ${preview?.name ?? WORDS.composer.fromEarlier}`} />;
  return <video src={url} muted playsInline preload="metadata" aria-label={label} />;
}
