// Asks the app's presign route for an address to put one file to. Knows nothing of the file but its type and length.
import { videoErrorData } from "../errors.ts";
import { readRouteError } from "../http/read-route-error.ts";
import type { Send } from "../http/send.ts";
import type { CallResult, Clock } from "../ports.ts";
import { uploadFailure } from "./upload-failure.ts";

/** Where to put a file, and where it can be read afterwards. */
export interface UploadAddress {
  readonly uploadUrl: string;
  readonly publicUrl: string;
}

/** What to ask with. */
export interface PresignOptions {
  readonly send: Send;
  readonly clock: Clock;
  readonly path: string;
}

/** The body of the question. */
export interface PresignBody {
  readonly contentType: string;
  readonly contentLength?: number;
}

const DEADLINE_MS = 15_000;

/** Asks once. An answer without a http address to put to and a https address to read from is `protocol-mismatch`. */
export async function presign(
  body: PresignBody,
  signal: AbortSignal,
  { send, clock, path }: PresignOptions,
): Promise<CallResult<UploadAddress>> {
  const answer = await send("post", path, { json: body, signal, deadlineMs: DEADLINE_MS });
  if (answer.kind === "none" || answer.status >= 400) return uploadFailure(readRouteError(answer, clock));
  const address = readAddress(answer.body);
  return address === undefined ? uploadFailure(videoErrorData("protocol-mismatch")) : { ok: true, value: address };
}

function readAddress(body: unknown): UploadAddress | undefined {
  if (typeof body !== "object" || body === null || !("uploadUrl" in body) || !("publicUrl" in body)) return undefined;
  const { uploadUrl, publicUrl } = body;
  // A storage on one's own machine has no certificate; what the providers read has to have one.
  const isUsable = isUrl(uploadUrl, /^https?:/i) && isUrl(publicUrl, /^https:/i);
  return isUsable ? { uploadUrl, publicUrl } : undefined;
}

function isUrl(value: unknown, scheme: RegExp): value is string {
  return typeof value === "string" && scheme.test(value) && /^[a-z]+:\/\/[^\s/\\]+\S*$/i.test(value);
}
