// Finds what a runtime lacks when the routes are built. Found by a request it could be too late: the job would be paid for, and no question
// about it could be answered.
import { VideoError } from "../errors.ts";

/** What the routes use of the runtime, whatever the app's options are. */
const NEEDED = [
  ...["AbortController", "Blob", "Headers", "ReadableStream", "Request", "Response.json", "TextDecoder", "TextEncoder"],
  ...["URL", "URLSearchParams", "atob", "btoa", "crypto.getRandomValues", "crypto.randomUUID", "crypto.subtle.digest"],
  ...["crypto.subtle.importKey", "crypto.subtle.sign", "crypto.subtle.verify", "fetch"],
] as const;

/** Throws `not-configured`, naming everything of `needed` that the runtime lacks. */
export function checkRuntime(neededBy: string, needed: readonly string[] = NEEDED): void {
  const missing = needed.filter((path) => !isThere(path));
  if (missing.length === 0) return;
  throw new VideoError("not-configured", {
    message: `${neededBy}() needs ${missing.join(", ")}, which this runtime lacks. Node.js from 22 on, workerd and Next's edge runtime have it.`,
    details: { missing },
  });
}

function isThere(path: string): boolean {
  let found: unknown = globalThis;
  for (const name of path.split(".")) found = memberOf(found, name);
  return typeof found === "function";
}

function memberOf(owner: unknown, name: string): unknown {
  const isOwner = (typeof owner === "object" && owner !== null) || typeof owner === "function";
  return isOwner ? Reflect.get(owner, name) : undefined;
}
