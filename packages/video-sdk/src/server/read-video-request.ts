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
  /** The price that the user was told, as the body says in `credits`; undefined where it says none. */
  readonly creditsTold: number | undefined;
}

/** Reads it. Throws `too-large`, `invalid-request` with every issue, or `unknown-model`. */
export async function readVideoRequest(request: Request, waitFor: WaitFor): Promise<ReadVideoRequest> {
  const value = await readJsonBody(request, { maxBytes: MAX_BODY_BYTES, longMember: IMAGE, waitFor });
  const { keyInBody, creditsTold, rest } = withoutOurs(value);
  const check = checkVideoRequest(rest);
  if (check.ok) return { wanted: check.request, keyInBody, creditsTold };
  const { code, issues } = check;
  const sentences = issues
    .slice(0, 3)
    .map((issue) => (issue.path === "" ? issue.message : `${issue.path}: ${issue.message}`));
  const unsaid = issues.length > 3 ? [`${issues.length - 3} more issues are in details.`] : [];
  const message = [...sentences, ...unsaid].join(" ");
  throw new VideoError(code, { message, details: { issues } });
}

/** The members that are about the submit and not about the video. */
function withoutOurs(value: unknown): Omit<ReadVideoRequest, "wanted"> & { readonly rest: unknown } {
  if (!isRecord(value)) return { keyInBody: undefined, creditsTold: undefined, rest: value };
  const { idempotencyKey: keyInBody, credits, ...rest } = value;
  if (credits === undefined || typeof credits === "number") return { keyInBody, creditsTold: credits, rest };
  const issues = [{ path: "credits", message: "Expected a number." }];
  throw new VideoError("invalid-request", { message: "credits: Expected a number.", details: { issues } });
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
