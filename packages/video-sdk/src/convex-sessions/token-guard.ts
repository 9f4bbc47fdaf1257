// Whose token calls are sent with: what was asked for one user is never sent as another one.
import { Base64 } from "convex/values";
import type { AuthTokenFetcher } from "convex/browser";
import type { VideoErrorData } from "../errors.ts";
import { failures } from "./failures.ts";

/** The token to send calls with, or why there is none. */
export type GuardedToken = (request: Parameters<AuthTokenFetcher>[0]) => Promise<string | VideoErrorData>;

/** Tokens of one user: of this subject, or else of the one that the first token is for. Never rejects. */
export function createTokenGuard(fetchToken: AuthTokenFetcher, expected?: string): GuardedToken {
  let owner: string | undefined;
  return async (request) => {
    try {
      const token = await fetchToken(request);
      if (typeof token !== "string") return failures.signedOut;
      const { issuer, subject } = ownerOf(token) ?? {};
      if (subject === undefined || subject !== (expected ?? subject)) return failures.otherUser;
      const named = `${issuer} ${subject}`;
      owner ??= named;
      return named === owner ? token : failures.otherUser;
    } catch {
      return failures.noToken;
    }
  };
}

/** The issuer and the subject of a JWT. Undefined where it cannot be read. */
function ownerOf(token: string): { readonly issuer: string; readonly subject: string } | undefined {
  try {
    const payload = token.split(".")[1] ?? "";
    const bytes = Base64.toByteArray(payload.padEnd(Math.ceil(payload.length / 4) * 4, "="));
    const claims: unknown = JSON.parse(decodeURIComponent(percentEncoded(bytes)));
    const { iss, sub }: { iss?: unknown; sub?: unknown } = typeof claims === "object" && claims !== null ? claims : {};
    return typeof sub === "string" ? { issuer: String(iss), subject: sub } : undefined;
  } catch {
    return undefined;
  }
}

/** UTF-8 without a TextDecoder, which React Native does not have. */
function percentEncoded(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => `%${byte.toString(16).padStart(2, "0")}`).join("");
}
