// Tokens of the embedded backend: unsigned JWTs with the claims that Convex asks for. For development on one machine only.
// Knows nothing of users, HTTP or sockets.
import { randomUUID } from "node:crypto";

/** Whom a token is for. `subject` becomes the user's `clerkId`. */
export interface TokenUser {
  readonly subject: string;
  readonly name?: string;
  readonly email?: string;
  /** Seconds until the token expires. Default 3600; the app's real tokens live 60. */
  readonly lifetimeSeconds?: number;
}

/** Who a token says is calling. */
export interface Identity {
  readonly subject: string;
  readonly issuer: string;
  readonly name?: string;
  readonly email?: string;
}

/** An identity, good until `expiresAtMs` (milliseconds since 1970). */
export interface Credential {
  readonly identity: Identity;
  readonly expiresAtMs: number;
}

/** Why a token was refused, in Convex's own words and with its error codes. */
export class TokenError extends Error {
  readonly code: "InvalidAuthHeader" | "Unauthenticated";
  constructor(code: TokenError["code"], message: string) {
    super(message);
    this.name = "TokenError";
    this.code = code;
  }
}

const ISSUER = "https://embedded.invalid";
const DEFAULT_LIFETIME_SECONDS = 3600;
const EXPIRED =
  "Could not verify OIDC token claim. Check that the token signature is valid and the token hasn't expired.";

/** A token for this user. No two are equal, as a client takes an equal one for a refresh that failed. */
export function tokenFor(user: TokenUser, nowMs: number = Date.now()): string {
  const { subject, lifetimeSeconds = DEFAULT_LIFETIME_SECONDS, ...profile } = user;
  const iat = Math.floor(nowMs / 1000);
  const claims = { ...profile, sub: subject, iss: ISSUER, iat, exp: iat + lifetimeSeconds, jti: randomUUID() };
  return `${encode({ alg: "none", typ: "JWT" })}.${encode(claims)}.`;
}

/** Reads a token made by `tokenFor`. Throws `TokenError` for any other, and for one that has expired. */
export function readToken(token: string, nowMs: number = Date.now()): Credential {
  const [header, payload] = token.split(".", 2).map(decode);
  if (header?.["alg"] !== "none") {
    throw new TokenError("InvalidAuthHeader", "The embedded backend reads only the tokens that its tokenFor() makes.");
  }
  const { sub, iss, exp, name, email } = payload ?? {};
  if (typeof sub !== "string" || typeof iss !== "string" || typeof exp !== "number") {
    throw new TokenError("InvalidAuthHeader", "Could not parse JWT payload: it needs sub, iss and exp.");
  }
  const credential = { identity: identityOf(sub, iss, { name, email }), expiresAtMs: exp * 1000 };
  requireFresh(credential, nowMs);
  return credential;
}

/** Throws `TokenError` when the credential has expired. No credential at all, a caller not signed in, never expires. */
export function requireFresh(credential: Credential | undefined, nowMs: number = Date.now()): void {
  if (credential !== undefined && credential.expiresAtMs <= nowMs) throw new TokenError("Unauthenticated", EXPIRED);
}

function identityOf(subject: string, issuer: string, profile: { name: unknown; email: unknown }): Identity {
  return {
    subject,
    issuer,
    ...(typeof profile.name === "string" ? { name: profile.name } : {}),
    ...(typeof profile.email === "string" ? { email: profile.email } : {}),
  };
}

function encode(part: object): string {
  return Buffer.from(JSON.stringify(part)).toString("base64url");
}

function decode(part: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, "base64url").toString());
    return typeof value === "object" && value !== null ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}
