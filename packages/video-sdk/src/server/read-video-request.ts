// Reads the video request in a body strictly: size, JSON, and all its issues at once. Knows no provider.
import { checkVideoRequest, type VideoRequest } from "@video-engine/video-models";
import { VideoError } from "../errors.ts";
import { readJsonBody, tooLarge } from "./read-body.ts";

/** Largest body, bytes. */
const MAX_BODY_BYTES = 262_144;
/** Largest body with `attachmentImageBytes`: an image of 10 MB in base64, and the other fields. Hosting platforms may allow less. */
const MAX_IMAGE_BODY_BYTES = 14_000_000;

/** A body that was read. */
export interface ReadVideoRequest {
  readonly wanted: VideoRequest;
  /** What the body has as its `idempotencyKey`, unchecked; undefined without one. */
  readonly keyInBody: unknown;
}

/** Reads it. Throws `too-large`, `invalid-request` with every issue, or `unknown-model`. */
export async function readVideoRequest(request: Request): Promise<ReadVideoRequest> {
  const { value, bytes } = await readJsonBody(request, MAX_IMAGE_BODY_BYTES);
  if (bytes > MAX_BODY_BYTES && !hasImageBytes(value)) throw tooLarge(MAX_BODY_BYTES);
  const { keyInBody, rest } = withoutKey(value);
  const check = checkVideoRequest(rest);
  if (check.ok) return { wanted: check.request, keyInBody };
  const { code, issues } = check;
  const sentences = issues
    .slice(0, 3)
    .map((issue) => (issue.path === "" ? issue.message : `${issue.path}: ${issue.message}`));
  const unsaid = issues.length > 3 ? [`${issues.length - 3} more issues are in details.`] : [];
  const message = [...sentences, ...unsaid].join(" ");
  throw new VideoError(code, { message, details: { issues } });
}

function withoutKey(value: unknown): { readonly keyInBody: unknown; readonly rest: unknown } {
  if (!isRecord(value)) return { keyInBody: undefined, rest: value };
  const { idempotencyKey: keyInBody, ...rest } = value;
  return { keyInBody, rest };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function hasImageBytes(value: unknown): boolean {
  return typeof value === "object" && value !== null && Object.hasOwn(value, "attachmentImageBytes");
}
