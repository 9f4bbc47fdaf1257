// A hash of a request's content, which does not depend on the order of its fields.
import { bytesOf, toBase64Url } from "../hmac.ts";

/** The SHA-256 of a value's canonical JSON, base64url. Members that are undefined count as absent. */
export async function fingerprintOf(value: unknown): Promise<string> {
  const text = JSON.stringify(value, (_, member: unknown) => (isRecord(member) ? sorted(member) : member));
  return toBase64Url(new Uint8Array(await crypto.subtle.digest("SHA-256", bytesOf(text))));
}

function sorted(record: Readonly<Record<string, unknown>>): object {
  return Object.fromEntries(
    Object.keys(record)
      .sort()
      .map((name) => [name, record[name]]),
  );
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
