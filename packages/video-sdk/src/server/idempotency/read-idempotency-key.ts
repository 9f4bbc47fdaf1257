// Reads the key of a submit, from its header or its body. A proxy may drop the header, so a client sends the key in both.
import type { VideoError } from "../../errors.ts";
import { invalidField } from "../error-response.ts";

const HEADER = "idempotency-key";
const KEY = /^[\x21-\x7e]{8,255}$/;

/** Where the key of a submit may be. */
export interface KeyedRequest {
  readonly headers: Headers;
  /** The member `idempotencyKey` of the body; undefined without one. */
  readonly keyInBody: unknown;
  /** Whether a submit without a key is refused. */
  readonly isNeeded: boolean;
}

/**
 * The key; undefined when there is none. Throws `invalid-request`, which promises that nothing was sent: for a malformed key, for two
 * that differ, and for none where one `isNeeded`.
 */
export function readIdempotencyKey({ headers, keyInBody, isNeeded }: KeyedRequest): string | undefined {
  const inHeader = headers.get(HEADER) ?? undefined;
  const key = inHeader ?? keyInBody;
  if (key === undefined && !isNeeded) return undefined;
  if (typeof key !== "string" || !KEY.test(key)) throw refused("Send one");
  if (inHeader !== undefined && keyInBody !== undefined && inHeader !== keyInBody) {
    throw refused("The header and the body have different keys. Send the same one in both,");
  }
  return key;
}

function refused(what: string): VideoError {
  return invalidField(
    HEADER,
    `${what} of 8 to 255 visible ASCII characters for each generation, in the header Idempotency-Key or the body's idempotencyKey.`,
  );
}
