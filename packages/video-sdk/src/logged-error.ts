// Errors as a log may keep them: no address, no token, and nothing of what a user wrote. Decides nothing.
import { videoErrorData, type VideoErrorData } from "./errors.ts";

/** What was thrown, as data. */
export interface LoggedCause {
  readonly name: string;
  /** Without addresses, tokens and what is known to be a user's text. */
  readonly message: string;
  /** Where it was thrown: the frames, without the message. Absent for what is no error. */
  readonly stack?: string | undefined;
  readonly cause?: LoggedCause | undefined;
}

const LONGEST = 500;
/** Convex repeats the arguments that it refuses, the prompt among them. */
const ARGUMENTS = /\s+(?:Object|Value): .*$/s;
const ADDRESS = /\b[a-z][a-z0-9+.-]*:\/\/\S+|\bdata:\S+/gi;
const NAMED_TOKEN = /\b(Bearer|Basic|Key|token)[\s:="']+[\w.~+/=:-]{8,}|\beyJ[\w.-]+/gi;
/** Words this long with a digit in them are keys, tokens and ids; an id that matters has a field of its own. */
const OPAQUE = /\b(?=[\w-]*\d)[\w-]{24,}(?:\.[\w-]+)*/g;
/** Parsers quote what they were given. A quoted name of a field or a function says nothing of a user. */
const QUOTED = /"[^"]*"|'[^']*'|`[^`]*`|“[^”]*”/g;
const NAME = /^.[\w.$#[\]-]{0,40}.$/;

const MOST_FRAMES = 20;

/** The frames of a stack, without the message before them. Addresses of code lose what follows a question mark. */
export function loggedFrames(stack: string): string {
  const frames = stack.split("\n").filter((line) => /^\s*at .{1,500}$|^\S{0,200}@\S{1,300}:\d+$/.test(line));
  return frames
    .slice(0, MOST_FRAMES)
    .join("\n")
    .replaceAll(/\?[^\s):]*/g, "");
}

/** A text without addresses, tokens and quotations. `known`: texts that must not be in it, such as the prompt. */
export function loggedText(text: string, known: readonly string[] = []): string {
  const plain = text
    .slice(0, LONGEST * 4)
    .replace(ARGUMENTS, "")
    .replaceAll(ADDRESS, "<address>")
    .replaceAll(NAMED_TOKEN, "<token>")
    .replaceAll(OPAQUE, "<id>")
    .replaceAll(QUOTED, (quoted) => (NAME.test(quoted) ? quoted : "<text>"))
    .slice(0, LONGEST);
  return repeats(plain, known) ? "<text of the user>" : plain;
}

/** So many characters of a text are no coincidence. */
const TELLING = 12;

/** Every telling part of a text has one of its blocks of half that length in it, whole. */
const BLOCK = TELLING / 2;

/** Whether a text repeats one of the others, or a part of it. The others may be a thousand prompts, so each is looked at once, block by block. */
function repeats(text: string, known: readonly string[]): boolean {
  const blocks = new Set(Array.from({ length: text.length }, (_, at) => text.slice(at, at + BLOCK)));
  return known.some((other) =>
    other.length <= TELLING ? other.length > 3 && text.includes(other) : sharesPart({ text, blocks }, other),
  );
}

function sharesPart({ text, blocks }: { text: string; blocks: ReadonlySet<string> }, other: string): boolean {
  for (let at = 0; at + BLOCK <= other.length; at += BLOCK) {
    if (!blocks.has(other.slice(at, at + BLOCK))) continue;
    const last = Math.min(at, other.length - TELLING);
    for (let from = Math.max(0, at - BLOCK); from <= last; from += 1)
      if (text.includes(other.slice(from, from + TELLING))) return true;
  }
  return false;
}

/** Texts in `details` that are our own words, or the app's settings. The others may hold an address or a user's text. */
const SAID = /^(?:provider|modelId|setting|package|reason|bucket|lastError|decided|rule)$/;

/** An error without its cause, addresses and texts of the user. Of the issues of a request, only which fields they are about. */
export function loggedError(error: VideoErrorData, known: readonly string[] = []): VideoErrorData {
  const { code, retryable, phase, settlement, retryAfterMs, details } = error;
  // A sentence about a request names the value that it refuses.
  const isAboutRequest = code === "invalid-request" || code === "unknown-model";
  const message = isAboutRequest ? undefined : loggedText(error.message, known);
  const said = Object.entries(details ?? {}).flatMap(([name, value]) => {
    const logged = loggedDetail(name, value, known);
    return logged === undefined ? [] : [[name, logged] as const];
  });
  const all = said.length > 0 ? Object.fromEntries(said) : undefined;
  return videoErrorData(code, { message, retryable, phase, settlement, retryAfterMs, details: all });
}

function loggedDetail(name: string, value: unknown, known: readonly string[]): unknown {
  if (typeof value === "number" || typeof value === "boolean") return value;
  if (name === "issues") return membersOf(value, "path");
  if (name === "reasons") return membersOf(value, "type");
  return SAID.test(name) && typeof value === "string" ? loggedText(value, known) : undefined;
}

/** One member of each entry of a list, where it is a short word. */
function membersOf(list: unknown, member: "path" | "type"): readonly string[] {
  return (Array.isArray(list) ? list : []).flatMap((entry: unknown) => {
    const word: unknown = Object(entry)[member];
    return typeof word === "string" && /^[a-z][\w.[\]-]{0,40}$/.test(word) ? [word] : [];
  });
}
