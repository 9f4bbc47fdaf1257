// Watches one attachment.
import { useSyncExternalStore } from "react";
import type { Attachment, AttachmentSnapshot } from "../attachments/attachment.ts";
import { useShared } from "./use-shared.ts";

/** The snapshot of an attachment; undefined without one. */
export function useAttachment(attachment: Attachment | undefined): AttachmentSnapshot | undefined {
  const { subscribe, getSnapshot } = attachment ?? NO_ATTACHMENT;
  // A server has no attachment.
  return useShared(useSyncExternalStore<AttachmentSnapshot | undefined>(subscribe, getSnapshot, none));
}

const none = (): undefined => undefined;
const NO_ATTACHMENT = { getSnapshot: none, subscribe: () => none };
