// One attached file on its way to the app's storage. Types only.
import type { StoredFile } from "../file-ports.ts";

/** The upload of one attached file to the app's storage. */
export interface FileUpload {
  /** `queued`: not begun. `waiting`: between two attempts. */
  readonly status: "queued" | "sending" | "waiting" | "done";
  /** The number of the last attempt. Never decreases, even across a restart. */
  readonly attempt: number;
  /** Attempts since the app started. */
  readonly tries: number;
  readonly sentBytes: number;
  readonly totalBytes?: number | undefined;
  /** Where the file can be read again after a restart. Absent for bytes held in memory only. */
  readonly stored?: StoredFile | undefined;
  /** The lasting URL, once it is uploaded. */
  readonly url?: string | undefined;
}
