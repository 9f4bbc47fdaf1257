// Whether a text is an https URL that we pass on. By an explicit pattern: `new URL` accepts nonsense on React Native.

/** Longest URL accepted, in characters. */
export const MAX_URL_LENGTH = 2048;

// The last label of the host starts with a letter, which rules out numeric addresses and bare names such as localhost.
// Each part ends at a character that the next cannot start with, so matching takes linear time.
// Both cases are spelled out, because the i flag with u also matches look-alikes such as the Kelvin sign.
const HTTPS_URL = /^https:\/\/(?:[A-Za-z0-9_-]+\.)+[A-Za-z][A-Za-z0-9-]+(?::\d{1,5})?(?:[/?#][^\s\\\p{Cc}\p{Cs}]*)?$/u;

/** Whether a text is an absolute https URL of a named host, without user name, white space, backslash, control or half characters. */
export function isHttpsUrl(text: string): boolean {
  return text.length <= MAX_URL_LENGTH && HTTPS_URL.test(text);
}
