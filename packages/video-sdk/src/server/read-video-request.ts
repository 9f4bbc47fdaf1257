// Reads the body of a submit strictly: size and JSON, then the video request in it with all its issues at once. Knows no provider.
import type { AnyVideoRegistry, VideoRequest } from "@video-engine/video-models";
import { VideoError } from "../errors.ts";
import { readJsonBody } from "./read-body.ts";
import type { WaitFor } from "./wait-limits.ts";

/** Largest body, bytes, without the text of `attachmentImageBytes`. */
const MAX_BODY_BYTES = 262_144;
/** Largest body with it: an image of 10 MB in base64, and the other fields. Hosting platforms may allow less. */
const IMAGE = { name: "attachmentImageBytes", maxBytes: 14_000_000 };

/** A body that was read. */
export interface SubmitBody {
  /** What is wanted, as it was sent and unchecked: a repeat of a submit is known by it. */
  readonly sent: unknown;
  /** What the body has as its `idempotencyKey`, unchecked; undefined without one. */
  readonly keyInBody: unknown;
  /** The price that the user was told, as the body says in `credits`; undefined where it says none. */
  readonly creditsTold: number | undefined;
}

/** Reads it. Throws `too-large`, or `invalid-request` for what is no JSON. */
export async function readSubmitBody(request: Request, waitFor: WaitFor): Promise<SubmitBody> {
  const value = await readJsonBody(request, { maxBytes: MAX_BODY_BYTES, longMember: IMAGE, waitFor });
  return isRecord(value) ? withoutOurs(value) : { sent: value, keyInBody: undefined, creditsTold: undefined };
}

/** The request that was sent. Throws `invalid-request` with every issue, `unknown-model` or `model-retired`. */
export function checkedRequest(sent: unknown, models: Pick<AnyVideoRegistry, "checkVideoRequest">): VideoRequest {
  const check = models.checkVideoRequest(sent);
  if (check.ok) return check.request;
  const { code, issues } = check;
  const sentences = issues
    .slice(0, 3)
    .map((issue) => (issue.path === "" ? issue.message : `${issue.path}: ${issue.message}`));
  const unsaid = issues.length > 3 ? [`${issues.length - 3} more issues are in details.`] : [];
  const message = [...sentences, ...unsaid].join(" ");
  throw new VideoError(code, { message, details: { issues } });
}

/** Without the members that are about the submit and not about the video. */
function withoutOurs({ idempotencyKey: keyInBody, credits, ...sent }: Readonly<Record<string, unknown>>): SubmitBody {
  if (credits === undefined || typeof credits === "number") return { keyInBody, creditsTold: credits, sent };
  const issues = [{ path: "credits", message: "Expected a number." }];
  throw new VideoError("invalid-request", { message: "credits: Expected a number.", details: { issues } });
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
