// The request ids that callers get: signed texts that name a job and work for one user only, so that the routes need no table of
// who owns which job. Knows no provider and no HTTP.
import { isVideoModelId, type VideoModelId } from "@video-engine/video-models";
import * as z from "zod";
import { VideoError } from "../errors.ts";
import type { Clock } from "../platform-ports.ts";
import { bytesOf, fromBase64Url, isSignedText, signText, toBase64Url } from "./hmac.ts";
import { isRequestId } from "./providers/provider.ts";
import { readSecrets, type SecretOption, type UsableSecrets } from "./secret-option.ts";

/** What a request id stands for. */
export interface HandledJob {
  readonly modelId: VideoModelId;
  /** The provider that has the job. */
  readonly provider: string;
  /** The provider's own id of the job. */
  readonly jobId: string;
  /** The Idempotency-Key of its submit, so that whatever is logged of the job names it. Absent without one, and for one too long to carry. */
  readonly key?: string | undefined;
}

/** How request ids are made. */
export interface RequestHandlesOptions {
  /** At least 32 characters. With several, the first signs and all are accepted. */
  readonly signingSecret: SecretOption;
  readonly clock: Clock;
  /** How long a request id works, milliseconds. Default 14 days: no provider keeps a job for longer. */
  readonly requestIdLifetimeMs?: number | undefined;
}

/** The request id of a job for this user. Below 500 characters for the ids of every known provider, and never above 3,500. */
export type IssueRequestId = (job: HandledJob, userId: string) => Promise<string>;

/** Makes and reads request ids. */
export interface RequestHandles {
  /** Reads the secret, once, and returns what issues request ids with it. Throws `not-configured`. Call it before anything is paid for. */
  issuer(): IssueRequestId;
  /**
   * The job that a request id names. Throws the same `not-found` for every id that was not issued here, or that has expired; and
   * `not-signed-in` for one that was issued to another user, so that a client whose user has changed waits instead of giving the job up.
   */
  open(handle: string, userId: string): Promise<HandledJob>;
}

const SECRET = { option: "signingSecret", setting: "VIDEO_SIGNING_SECRET", minLength: 32 };
const TWO_WEEKS_MS = 14 * 24 * 60 * 60 * 1000;
/** Longer than every id that is issued: a job's id has at most 512 characters, of up to four bytes each. */
const MAX_HANDLE_LENGTH = 3500;
/** Our clients' keys are UUIDs. A longer key is not carried. */
const LONGEST_KEY = 64;

const FORM = /^(v1\.([\w-]+))\.([\w-]{43})$/;

const payloadSchema = z.object({
  j: z.string().check(z.refine(isRequestId)),
  m: z.string().check(z.refine(isVideoModelId)),
  p: z.string(),
  k: z.optional(z.string()),
  u: z.string(),
  // Seconds since 1970, as in a JWT.
  iat: z.number(),
  exp: z.number(),
});

/**
 * Request ids of the form `v1.<payload>.<signature>`. The payload names the user by a signature, which cannot be read.
 * Throws a RangeError for a lifetime that is not a number above 0.
 */
export function createRequestHandles(options: RequestHandlesOptions): RequestHandles {
  const { signingSecret, clock, requestIdLifetimeMs = TWO_WEEKS_MS } = options;
  if (!Number.isFinite(requestIdLifetimeMs) || requestIdLifetimeMs <= 0) {
    throw new RangeError(`requestIdLifetimeMs must be a number above 0; got ${requestIdLifetimeMs}.`);
  }
  const secrets = (): UsableSecrets => readSecrets(signingSecret, SECRET);
  const signUser = createUserSigner();
  return {
    issuer() {
      const [secret] = secrets();
      return async ({ jobId, modelId, provider, key }, userId) => {
        const issuedAt = Math.floor(clock.now() / 1000);
        const expiresAt = issuedAt + Math.ceil(requestIdLifetimeMs / 1000);
        const u = await signUser(userId, secret);
        const k = key !== undefined && key.length <= LONGEST_KEY ? key : undefined;
        // JSON leaves an undefined member out.
        const payload = { j: jobId, m: modelId, p: provider, k, u, iat: issuedAt, exp: expiresAt };
        const text = `v1.${toBase64Url(bytesOf(JSON.stringify(payload)))}`;
        return `${text}.${await signText(signedText(text), secret)}`;
      };
    },
    async open(handle, userId) {
      const [, text, payload, signature] = (handle.length > MAX_HANDLE_LENGTH ? null : FORM.exec(handle)) ?? [];
      if (text === undefined || payload === undefined || signature === undefined) throw unknownRequest("malformed");
      const usable = secrets();
      if (!(await isSignedText(signedText(text), signature, usable))) throw unknownRequest("not of this server");
      const { u, ...job } = readPayload(payload, clock.now());
      if (!(await isSignedText(userText(userId), u, usable))) throw otherUser();
      return job;
    },
  };
}

/** The error for a request id that this user cannot use. The reason stays in `cause`: callers see the same error for all reasons. */
export function unknownRequest(why: string): VideoError {
  return new VideoError("not-found", { cause: `The request id is ${why}.` });
}

// The first line separates these signatures from others that an app may make with the same secret.
function signedText(text: string): string {
  return `video-engine request id\n${text}`;
}

function userText(userId: string): string {
  return `video-engine user of a request id\n${userId}`;
}

interface SignedUser {
  readonly secret: string;
  readonly signature: Promise<string>;
}

/** Signs users, and knows the signatures of the last thousand: each of their requests names them, and a signature is half of its cost. */
function createUserSigner(): (userId: string, secret: string) => Promise<string> {
  const last = new Map<string, SignedUser>();
  return (userId, secret) => {
    const known = last.get(userId);
    const signed = known?.secret === secret ? known : { secret, signature: signText(userText(userId), secret) };
    last.delete(userId);
    last.set(userId, signed);
    const [oldest = userId] = last.keys();
    if (last.size > MOST_USERS) last.delete(oldest);
    return signed.signature;
  };
}

const MOST_USERS = 1_000;

function otherUser(): VideoError {
  return new VideoError("not-signed-in", {
    message: "This video belongs to another user. Sign in as the user who started it.",
    details: { reason: "another-user" },
  });
}

function readPayload(payload: string, now: number): HandledJob & { readonly u: string } {
  const bytes = fromBase64Url(payload);
  const parsed = payloadSchema.safeParse(bytes === undefined ? undefined : JSON.parse(new TextDecoder().decode(bytes)));
  if (!parsed.success || !isVideoModelId(parsed.data.m)) throw unknownRequest("of another version");
  const { j: jobId, m: modelId, p: provider, k: key, u, exp } = parsed.data;
  if (now >= exp * 1000) throw unknownRequest("expired");
  return { jobId, modelId, provider, key, u };
}
