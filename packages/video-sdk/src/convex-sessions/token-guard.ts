// Whose token calls are sent with: what was asked for one user is never sent as another one.
import type { AuthTokenFetcher } from "convex/browser";
import { Base64 } from "convex/values";

/** The token to send calls with, or why there is none. */
export type GuardedToken = (request: Parameters<AuthTokenFetcher>[0]) => Promise<string | NoToken>;

/** Why there is no token to send calls with. */
export interface NoToken {
  readonly code: "not-signed-in" | "unreachable";
  readonly message?: string;
}

/** Tokens of one user: of this subject, or else of the one that the first token is for. Never rejects. */
export function createTokenGuard(fetchToken: AuthTokenFetcher, subject?: string): GuardedToken {
  let owner: string | undefined;
  return async (request) => {
    try {
      const token = await fetchToken(request);
      if (typeof token !== "string") return { code: "not-signed-in" };
      const { iss, sub } = claimsOf(token);
      const named = sub === undefined ? undefined : `${iss} ${sub}`;
      owner ??= named;
      if (named !== undefined && named === owner && sub === (subject ?? sub)) return token;
      return { code: "not-signed-in", message: "The token is another user's." };
    } catch {
      return { code: "unreachable", message: "There is no token for Convex." };
    }
  };
}

/** What a JWT says. Nothing where it cannot be read. */
function claimsOf(token: string): { readonly iss?: string; readonly sub?: string } {
  try {
    const payload = token.split(".")[1] ?? "";
    const bytes = Base64.toByteArray(payload.padEnd(Math.ceil(payload.length / 4) * 4, "="));
    // UTF-8 without a TextDecoder, which React Native does not have.
    const encoded = Array.from(bytes, (byte) => `%${(byte + 256).toString(16).slice(1)}`).join("");
    return JSON.parse(decodeURIComponent(encoded)) as { readonly iss?: string; readonly sub?: string }; // compared as it is
  } catch {
    return {};
  }
}
