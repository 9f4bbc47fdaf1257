// The Idempotency-Key of a request: what its sender calls it, so that it can be sent again. Reads; decides nothing.
import { VideoError } from "../../errors.ts";

/** The name of the header. */
const HEADER = "idempotency-key";
const KEY = /^[\x21-\x7e]{8,255}$/;

/** The key, or undefined where there is none. Throws `invalid-request` for one that cannot be used, and for none where one `isNeeded`. */
export function readIdempotencyKey(
  { headers }: Request,
  { isNeeded }: { readonly isNeeded: boolean },
): string | undefined {
  const key = headers.get(HEADER) ?? undefined;
  if (key === undefined ? !isNeeded : KEY.test(key)) return key;
  const message = "Send an Idempotency-Key of 8 to 255 visible ASCII characters: one for each generation.";
  throw new VideoError("invalid-request", { message, details: { issues: [{ path: HEADER, message }] } });
}
