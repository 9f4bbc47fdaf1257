// Why a caller was not let in, in our words, read from what checkers of tokens throw. For the log only: the caller gets 401 without a reason.

/** Why a caller counts as not signed in. */
export type SignInRefusal =
  /** The request carries no token, or none that `authenticate` looks for. */
  | "no-token"
  /** It is no token at all: a part is missing or cannot be decoded. */
  | "malformed"
  | "expired"
  /** Its `nbf` lies ahead. */
  | "not-before"
  /** It was issued ahead of our clock, by more than the checker allows: one of the two clocks is wrong. */
  | "clock-skew"
  | "issuer"
  /** Its `azp` or `aud` is none of the app's. */
  | "party"
  | "signature"
  /** Signed by an algorithm or with a key that is not ours. */
  | "unknown-key"
  /** The server's own key is missing or cannot be used: no user can sign in. */
  | "no-key"
  /** A token of another kind: made for another service, or of a session that has not been completed. */
  | "kind"
  /** `authenticate` did not say. */
  | "unknown";

/** What `authenticate` may return instead of null, so that the log says why. */
export interface RefusedSignIn {
  readonly refused: SignInRefusal;
  readonly cause?: unknown;
}

/** The words of jose (`code`, and `claim` beside it), Clerk (`reason`) and jsonwebtoken (`name`). */
const BY_WORD: ReadonlyMap<string, SignInRefusal> = new Map([
  ["ERR_JWT_EXPIRED", "expired"],
  ["ERR_JWS_SIGNATURE_VERIFICATION_FAILED", "signature"],
  ["ERR_JWS_INVALID", "malformed"],
  ["ERR_JWT_INVALID", "malformed"],
  ["ERR_JOSE_ALG_NOT_ALLOWED", "unknown-key"],
  ["ERR_JWKS_NO_MATCHING_KEY", "unknown-key"],
  ["ERR_JWKS_TIMEOUT", "no-key"],
  ["ERR_JWKS_INVALID", "no-key"],
  ["token-expired", "expired"],
  ["token-invalid", "malformed"],
  ["token-invalid-algorithm", "unknown-key"],
  ["token-invalid-authorized-parties", "party"],
  ["token-invalid-issuer", "issuer"],
  ["token-invalid-signature", "signature"],
  ["token-not-active-yet", "not-before"],
  ["token-iat-in-the-future", "clock-skew"],
  ["token-verification-failed", "signature"],
  ["jwk-kid-mismatch", "unknown-key"],
  ["jwk-remote-invalid", "no-key"],
  ["jwk-remote-failed-to-load", "no-key"],
  ["jwk-remote-missing", "no-key"],
  ["jwk-failed-to-resolve", "no-key"],
  ["jwk-local-missing", "no-key"],
  ["jwk-local-invalid", "no-key"],
  ["secret-key-invalid", "no-key"],
  ["TokenExpiredError", "expired"],
  ["NotBeforeError", "not-before"],
]);

const BY_CLAIM: ReadonlyMap<string, SignInRefusal> = new Map([
  ["iss", "issuer"],
  ["aud", "party"],
  ["azp", "party"],
  ["nbf", "not-before"],
  ["iat", "clock-skew"],
  ["exp", "expired"],
]);

/** Reads why a checker of tokens threw: jose, `@clerk/backend` and jsonwebtoken say it by a word. `unknown` for the rest. Never throws. */
export function signInRefusalOf(thrown: unknown): SignInRefusal {
  try {
    const { code, reason, name, claim } = Object(thrown) as Readonly<Record<string, unknown>>; // only compared below
    const byClaim = BY_CLAIM.get(String(claim));
    if (code === "ERR_JWT_CLAIM_VALIDATION_FAILED" && byClaim !== undefined) return byClaim;
    const words = [reason, code, name].map((word) => BY_WORD.get(String(word)));
    return words.find((word) => word !== undefined) ?? "unknown";
  } catch {
    return "unknown";
  }
}
