// Reads the video request in a body strictly: size, JSON, and all its issues at once. Knows no provider.
import { checkVideoRequest, type VideoRequest } from "@video-engine/video-models";
import { VideoError } from "../errors.ts";
import { readJsonBody } from "./read-body.ts";
import type { WaitFor } from "./wait-limits.ts";

/** Largest body, bytes, without the text of `attachmentImageBytes`. */
const MAX_BODY_BYTES = 262_144;
/** Largest body with it: an image of 10 MB in base64, and the other fields. Hosting platforms may allow less. */
const IMAGE = { name: "attachmentImageBytes", maxBytes: 14_000_000 };

/** A body that was read. */
export interface ReadVideoRequest {
  readonly wanted: VideoRequest;
  /** What the body has as its `idempotencyKey`, unchecked; undefined without one. */
  readonly keyInBody: unknown;
}

/** Reads it. Throws `too-large`, `invalid-request` with every issue, or `unknown-model`. */
export async function readVideoRequest(request: Request, waitFor: WaitFor): Promise<ReadVideoRequest> {
  const value = await readJsonBody(request, { maxBytes: MAX_BODY_BYTES, longMember: IMAGE, waitFor });
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
