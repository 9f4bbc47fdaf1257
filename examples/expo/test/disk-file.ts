// The part of expo-file-system's `File` that uploads, for files of this machine's disk.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { UploadOptions } from "expo-file-system";

/** A file by its `file://` URI. */
export class DiskFile {
  readonly #uri: string;

  constructor(uri: string) {
    this.#uri = uri;
  }

  async upload(url: string, { headers = {}, onProgress }: UploadOptions): Promise<{ readonly status: number }> {
    const body = new Uint8Array(readFileSync(fileURLToPath(this.#uri)));
    onProgress?.({ bytesSent: body.length, totalBytes: body.length });
    const { status } = await fetch(url, { method: "PUT", headers, body });
    return { status };
  }
}
