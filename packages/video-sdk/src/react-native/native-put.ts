// Sends a file by expo-file-system, which streams it from the device's disk. One try; knows no presigning.
import type { LocalFile, PutFile } from "../file-ports.ts";
import type { ExpoFile, ExpoUploadAsync } from "./native-modules.ts";

/** Puts files by `File` of expo-file-system. Rejects for a Blob, which is not on the disk: the engine sends Blobs by XMLHttpRequest. */
export function putByExpoFile(File: ExpoFile): PutFile {
  return async ({ uploadUrl, file, signal, onProgress }) => {
    const uri = uriOf(file);
    const source = new File(uri);
    // Asked first, as iOS reports a file that is gone as an address that was not found. Of other schemes it may not know.
    if (source.exists === false && uri.startsWith("file:")) throw goneFile();
    return await source.upload(uploadUrl, {
      ...asPut(file),
      signal,
      onProgress: ({ bytesSent, totalBytes }) => onProgress({ sentBytes: bytesSent, totalBytes }),
    });
  };
}

/** Puts files by `uploadAsync` of expo-file-system, without progress and without a signal. Rejects for a Blob. */
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

/** Under the name that the web has for it. */
function goneFile(): Error {
  return Object.assign(new Error("The file does not exist on the device."), { name: "NotFoundError" });
}
