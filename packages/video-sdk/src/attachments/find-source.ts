// What stands behind something attached: a URL, a file, or neither and why. Judges no file.
import type { AttachedFile } from "./attached-file.ts";
import { isAttachment } from "./is-attachment.ts";
import { isNativeAsset } from "./is-native-asset.ts";

/** What was found. */
export type FoundSource = { readonly url: string } | { readonly file: AttachedFile } | { readonly problem: string };

/** Looks at any value. A text is taken for a URL; whether it is a good one is the check of the request. */
export function findSource(source: unknown, fileOf: (source: unknown) => AttachedFile | undefined): FoundSource {
  const text = isNativeAsset(source) && /^https?:/i.test(source.uri) ? source.uri : source;
  if (typeof text === "string") return ON_DEVICE.test(text) ? { problem: AS_TEXT } : { url: text };
  const file = fileOf(source);
  if (isAttachment(source)) {
    const { status, url, error } = source.getSnapshot();
    if (status === "canceled") return { problem: "This attachment was canceled. Attach the file again." };
    if (error?.retryable === false) return { problem: error.message };
    if (file === undefined)
      return url === undefined ? { problem: "This attachment is of another engine. Attach the file again." } : { url };
  }
  return file === undefined ? { problem: NOTHING } : { file };
}

/** A scheme other than http, or a path. */
const ON_DEVICE = /^(?:\/|(?!https?:)[a-z][a-z0-9+.-]*:)/i;
const AS_TEXT = "A file on the device is attached as { uri, mimeType } or as a Blob, not as text.";
const NOTHING = "Attach an https URL, a Blob or File, or a picker's asset with its uri.";
