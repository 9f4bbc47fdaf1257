// Cleans and measures the text of a prompt.

/** A prompt without control characters (tabs and line ends stay), direction overrides and half characters, trimmed. Empty where nothing of it can be seen. */
export function cleanPrompt(text: string): string {
  return text
    .replace(/\r\n?/g, "\n")
    .replace(/[^\P{Cc}\n\t]|[\u202A-\u202E\u2066-\u2069\p{Cs}]/gu, "")
    .trim()
    .replace(/^[\s\p{Cf}]+$/u, "");
}

/** Bytes of a text as UTF-8, counted by hand because older Hermes has no TextEncoder. */
export function utf8Length(text: string): number {
  let bytes = 0;
  for (const character of text) {
    const point = character.codePointAt(0) ?? 0;
    bytes += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
  }
  return bytes;
}
