// Signatures over texts: HMAC-SHA256 from WebCrypto, as base64url. Comparisons take the same time wherever the texts differ.
import type { UsableSecrets } from "./secret-option.ts";

const ALGORITHM = { name: "HMAC", hash: "SHA-256" };

/** The signature of a text, 43 characters of base64url. */
export async function signText(text: string, secret: string): Promise<string> {
  const signature = await crypto.subtle.sign("HMAC", await keyOf(bytesOf(secret)), bytesOf(text));
  return toBase64Url(new Uint8Array(signature));
}

/** Whether one of the secrets has signed this text. False for anything that is no signature at all. */
export async function isSignedText(text: string, signature: string, secrets: UsableSecrets): Promise<boolean> {
  const bytes = fromBase64Url(signature);
  if (bytes === undefined) return false;
  for (const secret of secrets) {
    if (await crypto.subtle.verify("HMAC", await keyOf(bytesOf(secret)), bytes, bytesOf(text))) return true;
  }
  return false;
}

/** Whether a signature is the HMAC-SHA256 of a message under a secret. False for anything that is no signature at all. */
export async function isHmacSha256(
  message: Uint8Array<ArrayBuffer>,
  signature: Uint8Array<ArrayBuffer> | undefined,
  secret: string,
): Promise<boolean> {
  return (
    signature !== undefined && (await crypto.subtle.verify("HMAC", await keyOf(bytesOf(secret)), signature, message))
  );
}

/** Whether two texts are the same. What is compared are their signatures by a key made for this call, so time tells nothing. */
export async function isSameText(one: string, other: string): Promise<boolean> {
  const key = await keyOf(crypto.getRandomValues(new Uint8Array(32)));
  return await crypto.subtle.verify("HMAC", key, await crypto.subtle.sign("HMAC", key, bytesOf(one)), bytesOf(other));
}

/** Bytes as base64url without padding. */
export function toBase64Url(bytes: Uint8Array): string {
  const text = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
  return text.replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/** The bytes of a base64url text; undefined unless it is exactly what {@link toBase64Url} gives, as several texts decode alike. */
export function fromBase64Url(text: string): Uint8Array<ArrayBuffer> | undefined {
  if (!/^[\w-]+$/.test(text)) return undefined;
  try {
    const binary = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
    const bytes = Uint8Array.from(binary, (character) => character.charCodeAt(0));
    return toBase64Url(bytes) === text ? bytes : undefined;
  } catch {
    return undefined;
  }
}

/** A text in UTF-8. */
export function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}

async function keyOf(bytes: Uint8Array<ArrayBuffer>): Promise<CryptoKey> {
  return await crypto.subtle.importKey("raw", bytes, ALGORITHM, false, ["sign", "verify"]);
}
