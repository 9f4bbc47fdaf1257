// Sends a file by expo-file-system, which streams it from the device's disk. One try; knows no presigning.
import type { LocalFile, PutFile } from "../ports.ts";
import type { ExpoFile, ExpoUploadAsync } from "./native-modules.ts";

/** Puts files by `File` of expo-file-system. Rejects for a Blob, which is not on the disk: the engine sends Blobs by XMLHttpRequest. */
export function putByExpoFile(File: ExpoFile): PutFile {
  return async ({ uploadUrl, file, signal, onProgress }) =>
    await new File(uriOf(file)).upload(uploadUrl, {
      ...asPut(file),
      signal,
      onProgress: ({ bytesSent, totalBytes }) => onProgress({ sentBytes: bytesSent, totalBytes }),
    });
}

/** Puts files by `uploadAsync` of expo-file-system/legacy, without progress and without a signal. Rejects for a Blob. */
export function putByUploadAsync(uploadAsync: ExpoUploadAsync): PutFile {
  return async ({ uploadUrl, file }) => await uploadAsync(uploadUrl, uriOf(file), asPut(file));
}

function asPut({ contentType }: LocalFile): { httpMethod: "PUT"; headers: Record<string, string> } {
  return { httpMethod: "PUT", headers: { "Content-Type": contentType } };
}

function uriOf({ source }: LocalFile): string {
  if ("uri" in source) return source.uri;
  throw new Error(
    "expo-file-system sends files that have a uri, and this is a Blob. Attach the picker's asset instead.",
  );
}
