// Tells what `attach()` gave back from a file.
import type { Attachment } from "./attachment.ts";

/** Whether a value is an {@link Attachment}, of this engine or of another. */
export function isAttachment(value: unknown): value is Attachment {
  return (
    typeof value === "object" &&
    value !== null &&
    "getSnapshot" in value &&
    typeof value.getSnapshot === "function" &&
    "uploaded" in value
  );
}
