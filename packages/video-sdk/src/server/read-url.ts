// An absolute URL of a text. `URL.parse` would do the same, where a runtime has it.

/** The URL; undefined for a text that is none. Never throws. */
export function readUrl(text: string): URL | undefined {
  try {
    return new URL(text);
  } catch {
    return undefined;
  }
}
