// Tells a local file that is gone from a network that is: neither XMLHttpRequest nor fetch nor the native uploaders have a code for it.
import type { LocalFile } from "../file-ports.ts";
import { isBlob } from "./attachment.ts";

/** How runtimes say it: the names are the web's, the messages those of Android, iOS, Expo and React Native. */
const GONE_NAMES: readonly unknown[] = ["NotFoundError", "NotReadableError"];
const GONE_MESSAGE = /\b(?:file|directory)\b.*does(?: not|n't) exist|ENOENT|no such file|could not retrieve file/i;
/** How many errors within errors are looked at. */
const MAX_CAUSES = 4;

/** Whether a file can no longer be read, after a PUT of it has failed with `cause`. Reads one byte of a Blob. Never throws. */
export async function isFileGone({ source }: LocalFile, cause: unknown): Promise<boolean> {
  if (saysGone(cause)) return true;
  // React Native's Blob keeps its bytes on the native side.
  if (!isBlob(source) || typeof source.arrayBuffer !== "function") return false;
  try {
    await source.slice(0, 1).arrayBuffer();
    return false;
  } catch {
    return true;
  }
}

function saysGone(error: unknown, depth = 0): boolean {
  if (typeof error !== "object" || error === null || depth >= MAX_CAUSES) return false;
  const { name, message, cause } = error as Partial<Error>; // each is looked at for itself
  if (GONE_NAMES.includes(name)) return true;
  return (typeof message === "string" && GONE_MESSAGE.test(message)) || saysGone(cause, depth + 1);
}
