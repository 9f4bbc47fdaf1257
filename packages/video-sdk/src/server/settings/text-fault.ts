// What can be wrong with any text that somebody copied into an environment variable.
import type { Fault } from "./setting-finding.ts";

const QUOTES = `"'\`‘’“”„‚«»`;
const PLACEHOLDER =
  /^(?:<.*>|\[.*\]|\{.*\}|x{3,}|\.{3,}|(?:your|my|change|replace|insert)[-_ ]?(?:me|this|it|here|.*key|.*secret|.*token).*|todo|example|dummy)$/i;
const ABSENT = /^(?:undefined|null|NaN|false|none|\[object Object\])$/i;

/** Whether a text is one that software writes where there is none. */
export function isMissing(value: string | undefined): value is undefined {
  return value === undefined || value.trim() === "";
}

/** The first fault of a text that must be one word of visible ASCII characters, such as a key. Undefined: it may be one. */
export function textFault(value: string): Fault | undefined {
  if (isMissing(value)) return { what: "is empty", fix: "Set it" };
  if (ABSENT.test(value.trim()))
    return {
      what: `is the word "${value.trim()}"`,
      fix: "Set the value itself; a template or a build has put the word there",
    };
  const [first = "", last = ""] = [value.trim().at(0), value.trim().at(-1)];
  if (QUOTES.includes(first) || QUOTES.includes(last))
    return { what: "is in quotation marks", fix: "Set it without them" };
  if (/[\r\n]/.test(value.trim()) || /\\[nr]/.test(value))
    return { what: "has a line break in it", fix: "Set it as one line" };
  if (value !== value.trim())
    return { what: `begins or ends with ${/[\r\n]/.test(value) ? "a line break" : "a space"}`, fix: "Remove it" };
  if (/\s/.test(value))
    return { what: "has a space in it", fix: "Set the key alone, without a word such as Bearer or Key before it" };
  const odd = value.search(/[^\x21-\x7e]/);
  if (odd >= 0)
    return {
      what: `has a character at place ${odd + 1} that no key has, such as a typographic quote or dash`,
      fix: "Copy it again from its source",
    };
  if (PLACEHOLDER.test(value)) return { what: "is a placeholder", fix: "Set the value itself" };
  return undefined;
}
