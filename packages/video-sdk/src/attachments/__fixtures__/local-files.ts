// Files to send, in memory and on a device, and a request to put them in.
import type { LocalFile } from "../../file-ports.ts";
import { PNG } from "./pictures.ts";

/** A picture in memory. */
export function pngBlob(): Blob {
  return new Blob([PNG.bytes], { type: "image/png" });
}

/** The same as a file. */
export function localPng(): LocalFile {
  return { contentType: "image/png", byteLength: PNG.bytes.length, fileName: "cat.png", source: pngBlob() };
}

/** A picture on a phone. */
export const ON_DEVICE: LocalFile = {
  contentType: "image/jpeg",
  byteLength: 5_000,
  fileName: undefined,
  source: { uri: "file:///cache/1.jpg" },
};

/** The same as a picker hands it out. */
export const ASSET = { uri: "file:///cache/1.jpg", mimeType: "image/jpeg", fileSize: 5_000, width: 1600, height: 900 };

/** The same as the journal keeps it. */
export const STORED = { uri: "file:///cache/1.jpg", contentType: "image/jpeg", byteLength: 5_000 };

/** A request that is good without any file. */
export const REQUEST = { model: "vid-veo-3.1-fast", prompt: "a corgi surfing" } as const;
