// How much of a JSON text stands outside one long string, found without parsing: what a parser builds of a string is that string, but of
// a few bytes of brackets or members it builds much more. Judges no syntax.

/** The one string that may be long. */
export interface LongMember {
  /** The name of the member that has it, written without escapes. */
  readonly name: string;
  /** Most bytes outside of it. */
  readonly maxOtherBytes: number;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
/** Bytes before a string in which the name of its member is looked for. A string no longer than that is not worth the look. */
const NAME_BYTES = 256;

/** Whether at most so many bytes of the text stand outside the value of that member. Reads no further than it must to know. */
export function isSmallOutside(json: Uint8Array, { name, maxOtherBytes }: LongMember): boolean {
  let longest = 0;
  for (let at = json.indexOf(QUOTE); at !== -1; at = json.indexOf(QUOTE, at + 1)) {
    // What was passed until here, but for the longest string, will be outside in any case.
    if (at - longest > maxOtherBytes) return false;
    const end = endOfString(json, at);
    if (end - at > Math.max(longest, NAME_BYTES) && isValueOf(json, at, name)) longest = end - at;
    at = end;
  }
  return json.length - longest <= maxOtherBytes;
}

/** Where the string that begins at a quote ends, at its other quote; the end of the text where there is none. */
function endOfString(json: Uint8Array, start: number): number {
  for (let end = json.indexOf(QUOTE, start + 1); end !== -1; end = json.indexOf(QUOTE, end + 1)) {
    if (!isEscaped(json, end)) return end;
  }
  return json.length;
}

function isEscaped(json: Uint8Array, at: number): boolean {
  let before = at;
  while (json[before - 1] === BACKSLASH) before -= 1;
  return (at - before) % 2 === 1;
}

function isValueOf(json: Uint8Array, at: number, name: string): boolean {
  const before = new TextDecoder().decode(json.subarray(Math.max(0, at - NAME_BYTES), at)).trimEnd();
  return before.endsWith(":") && before.slice(0, -1).trimEnd().endsWith(`"${name}"`);
}
