// Whose token calls are sent with: what was asked for one user is never sent as another one.
import { Base64 } from "convex/values";
import type { AuthTokenFetcher } from "convex/browser";
import type { VideoErrorData } from "../errors.ts";
import { failures } from "./failures.ts";

/** The token to send calls with, or why there is none. */
export type GuardedToken = (request: Parameters<AuthTokenFetcher>[0]) => Promise<string | VideoErrorData>;

/** Tokens of one user: of the first one that a token is for. Never rejects. */
export function createTokenGuard(fetchToken: AuthTokenFetcher): GuardedToken {
  let owner: string | undefined;
  return async (request) => {
    try {
      const token = await fetchToken(request);
      if (typeof token !== "string") return failures.signedOut;
      const subject = subjectOf(token);
      owner ??= subject;
      return subject !== undefined && subject === owner ? token : failures.otherUser;
    } catch {
      return failures.noToken;
    }
  };
}

/** The issuer and the subject of a JWT. Undefined where it cannot be read. */
export function subjectOf(token: string): string | undefined {
  try {
    const payload = token.split(".")[1] ?? "";
    const bytes = Base64.toByteArray(payload.padEnd(Math.ceil(payload.length / 4) * 4, "="));
    const claims: unknown = JSON.parse(decodeURIComponent(percentEncoded(bytes)));
    const { iss, sub }: { iss?: unknown; sub?: unknown } = typeof claims === "object" && claims !== null ? claims : {};
    return typeof sub === "string" ? `${String(iss)} ${sub}` : undefined;
  } catch {
    return undefined;
  }
}

/** UTF-8 without a TextDecoder, which React Native does not have. */
function percentEncoded(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => `%${byte.toString(16).padStart(2, "0")}`).join("");
}
