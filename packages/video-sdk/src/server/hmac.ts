// Hashes and signatures from WebCrypto, and the texts they are written as. Comparisons take the same time wherever the texts differ.
import type { UsableSecrets } from "./secret-option.ts";

const ALGORITHM = { name: "HMAC", hash: "SHA-256" };

/** The signature of a text, 43 characters of base64url. */
export async function signText(text: string, secret: string): Promise<string> {
  const signature = await crypto.subtle.sign("HMAC", await secretKey(secret), bytesOf(text));
  return toBase64Url(new Uint8Array(signature));
}

/** Whether one of the secrets has signed this text. False for a malformed signature. */
export async function isSignedText(text: string, signature: string, secrets: UsableSecrets): Promise<boolean> {
  const bytes = fromBase64Url(signature);
  if (bytes === undefined) return false;
  for (const secret of secrets) {
    if (await crypto.subtle.verify("HMAC", await secretKey(secret), bytes, bytesOf(text))) return true;
  }
  return false;
}

/** Whether a signature is the HMAC-SHA256 of a message under a secret. False for a malformed signature. */
export async function isHmacSha256(
  message: Uint8Array<ArrayBuffer>,
  signature: Uint8Array<ArrayBuffer> | undefined,
  secret: string,
): Promise<boolean> {
  return signature !== undefined && (await crypto.subtle.verify("HMAC", await secretKey(secret), signature, message));
}

/** Whether two texts are the same. Compares their signatures under a key made for this call, so that timing reveals nothing. */
export async function isSameText(one: string, other: string): Promise<boolean> {
  const key = await keyOf(crypto.getRandomValues(new Uint8Array(32)));
  return await crypto.subtle.verify("HMAC", key, await crypto.subtle.sign("HMAC", key, bytesOf(one)), bytesOf(other));
}

/** The SHA-256 of bytes, as 64 lower-case hexadecimal digits. */
export async function sha256Hex(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** So many bytes are arguments of one call: far below what any engine takes. */
const AT_A_TIME = 1_024;

/** Bytes as base64url without padding. */
export function toBase64Url(bytes: Uint8Array): string {
  let binary = "";
  for (let at = 0; at < bytes.length; at += AT_A_TIME)
    binary += String.fromCharCode(...bytes.subarray(at, at + AT_A_TIME));
  const text = btoa(binary);
  return text.replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/** The bytes of a base64url text; undefined unless it is exactly what {@link toBase64Url} writes, because several texts decode to the same bytes. */
export function fromBase64Url(text: string): Uint8Array<ArrayBuffer> | undefined {
  if (!/^[\w-]+$/.test(text)) return undefined;
  try {
    const bytes = bytesOfBinary(atob(text.replaceAll("-", "+").replaceAll("_", "/")));
    return toBase64Url(bytes) === text ? bytes : undefined;
  } catch {
    return undefined;
  }
}

/** The bytes of a base64 text with its padding; undefined when it is not base64. */
export function fromBase64(text: string): Uint8Array<ArrayBuffer> | undefined {
  if (text.length % 4 !== 0 || !/^[A-Za-z0-9+/]+={0,2}$/.test(text)) return undefined;
  return bytesOfBinary(atob(text));
}

/** The bytes of a text that has one character for each, as `atob` gives it. One loop and one array: images of 10 MB pass here. */
export function bytesOfBinary(binary: string): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(binary.length);
  for (let at = 0; at < binary.length; at += 1) bytes[at] = binary.charCodeAt(at);
  return bytes;
}

/** The bytes of a hexadecimal text; undefined when it is not hexadecimal. */
export function fromHex(text: string): Uint8Array<ArrayBuffer> | undefined {
  if (!/^(?:[0-9a-f]{2})+$/i.test(text)) return undefined;
  return Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}

/** A text in UTF-8. */
export function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  return ENCODER.encode(text);
}

const ENCODER = /* @__PURE__ */ new TextEncoder();

/** The last secrets that were used, as keys: to import one costs as much as to sign. */
const KEYS = new Map<string, Promise<CryptoKey>>();
const MOST_KEYS = 16;

function secretKey(secret: string): Promise<CryptoKey> {
  const known = KEYS.get(secret) ?? keyOf(bytesOf(secret));
  KEYS.set(secret, known);
  const [oldest = secret] = KEYS.keys();
  if (KEYS.size > MOST_KEYS) KEYS.delete(oldest);
  return known;
}

async function keyOf(bytes: Uint8Array<ArrayBuffer>): Promise<CryptoKey> {
  return await crypto.subtle.importKey("raw", bytes, ALGORITHM, false, ["sign", "verify"]);
}
