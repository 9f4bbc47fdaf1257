// Watches one attachment.
import type { Attachment, AttachmentSnapshot } from "../attachments/attachment.ts";
import { useStore, type Store } from "./use-store.ts";

/** The snapshot of an attachment; undefined without one. */
export function useAttachment(attachment: Attachment | undefined): AttachmentSnapshot | undefined {
  return useStore<AttachmentSnapshot | undefined>(attachment ?? NO_ATTACHMENT);
}

const NO_ATTACHMENT: Store<undefined> = {
  getSnapshot: () => undefined,
  subscribe: () => () => undefined,
};
