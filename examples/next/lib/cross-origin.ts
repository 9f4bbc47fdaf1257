// Which pages of other origins may call the routes: those that ALLOWED_ORIGINS names, and none by default. Native apps need no permission.
import { optionalSetting } from "./setting.ts";

/** What a preflight may ask for: the methods and headers that the engine sends. */
const PREFLIGHT = {
  "access-control-allow-methods": "GET, POST",
  "access-control-allow-headers": "authorization, content-type, idempotency-key",
  // Two hours is the most that Chromium keeps.
  "access-control-max-age": "7200",
};

/**
 * The headers of an answer to a page of this origin; undefined where it may not read the answer. Never `*`, and no credentials: the engine sends its
 * token in a header, so that a page which was not named cannot act for a user by a cookie.
 */
export function crossOriginHeaders(
  origin: string | null,
  { isPreflight }: { readonly isPreflight: boolean },
): Readonly<Record<string, string>> | undefined {
  if (origin === null || !allowedOrigins().includes(origin)) return undefined;
  const readable = { "access-control-allow-origin": origin, "access-control-expose-headers": "retry-after" };
  return isPreflight ? { ...readable, ...PREFLIGHT } : readable;
}

function allowedOrigins(): readonly string[] {
  return (optionalSetting("ALLOWED_ORIGINS") ?? "")
    .split(",")
    .map((origin) => origin.trim())
    .filter((origin) => origin !== "");
}
