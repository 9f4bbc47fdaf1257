// One attachment on its way.
import type { Attachment, AttachmentSnapshot } from "../attachments/attachment.ts";
import { useStore, type Store } from "./use-store.ts";

/** How far an attachment is; undefined without one. */
export function useAttachment(attachment: Attachment | undefined): AttachmentSnapshot | undefined {
  return useStore<AttachmentSnapshot | undefined>(attachment ?? NO_ATTACHMENT);
}

const NO_ATTACHMENT: Store<undefined> = {
  getSnapshot: () => undefined,
  subscribe: () => () => undefined,
};
