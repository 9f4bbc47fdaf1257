// Tells a picker's asset from anything else.
import type { NativeAsset } from "./attachment.ts";

/** Whether a value is an object with a `uri`. Everything else in it may be missing. */
export function isNativeAsset(value: unknown): value is NativeAsset {
  return typeof value === "object" && value !== null && "uri" in value && typeof value.uri === "string";
}
