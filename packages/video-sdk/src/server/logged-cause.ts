// What was thrown on the server, as a log may keep it: name, message and stack, down the chain of causes. Of a provider's answer, only what it
// looks like and its machine words: it may repeat the prompt.
import { isVideoError } from "../errors.ts";
import { toErrorData } from "./error-response.ts";
import { loggedError, loggedFrames, loggedText, type LoggedCause } from "../logged-error.ts";
import { shapeOf } from "./providers/shape-of.ts";

const DEEPEST = 5;

/** Anything thrown, as data. `known`: texts of the user that must not be in it. Never throws. */
export function loggedCause(thrown: unknown, known: readonly string[] = []): LoggedCause {
  try {
    return causeOf(thrown, known, DEEPEST);
  } catch {
    return { name: "unreadable", message: "It throws when it is read." };
  }
}

function causeOf(thrown: unknown, known: readonly string[], depth: number): LoggedCause {
  if (typeof thrown !== "object" || thrown === null) {
    return { name: typeof thrown, message: loggedText(String(thrown), known) };
  }
  if (!(thrown instanceof Error) && !isLikeError(thrown)) return answerOf(thrown, known, depth);
  const { name, message: raw, stack, cause } = thrown as Error; // or it has the members of one, which are read as texts below
  // Our own sentences about a request name what they refuse.
  const message = isVideoError(thrown) ? loggedError(toErrorData(thrown), known).message : raw;
  return {
    name: loggedText(String(name), known),
    message: loggedMessage(thrown, String(message), known),
    stack: typeof stack === "string" ? framesOf(stack, known) : undefined,
    ...deeper(cause, known, depth),
  };
}

function deeper(cause: unknown, known: readonly string[], depth: number): Pick<LoggedCause, "cause"> {
  return cause === undefined || depth <= 0 ? {} : { cause: causeOf(cause, known, depth - 1) };
}

// An error of another realm, such as those of a runtime's own fetch.
function isLikeError(thrown: object): boolean {
  return "message" in thrown && "name" in thrown;
}

/** The code of Node's errors says more than their message. Parsers repeat what they were given without quotes, too. */
function loggedMessage(error: object, message: string, known: readonly string[]): string {
  const code: unknown = "code" in error ? error.code : undefined;
  const text = error instanceof SyntaxError ? "It cannot be parsed." : loggedText(message, known);
  return typeof code === "string" && /^[\w-]{1,40}$/.test(code) && !text.includes(code) ? `${text} (${code})` : text;
}

/** A frame may name what was passed, where code is made of texts. */
function framesOf(stack: string, known: readonly string[]): string {
  const frames = loggedFrames(stack).split("\n");
  return frames.filter((line) => !known.some((text) => text.length > 3 && line.includes(text))).join("\n");
}

/** Words that machines say, by the names of their members. */
const WORDS = new Set(["type", "error_type", "code", "errorCode", "failCode", "status", "state", "reason"]);

function answerOf(thrown: object, known: readonly string[], depth: number): LoggedCause {
  const { isReached, status, body, cause } = thrown as Readonly<Record<string, unknown>>; // read as unknown values
  if (isReached === false) return { name: "NoAnswer", message: "No answer came.", ...deeper(cause, known, depth) };
  if (isReached !== true) return { name: "object", message: shapeOf(thrown) };
  const words = wordsIn(body, 3);
  const said = words.length > 0 ? ` ${words.join(", ")}` : "";
  return { name: "ProviderAnswer", message: `${String(Number(status))}${said} ${shapeOf(body)}` };
}

function wordsIn(value: unknown, depth: number): readonly string[] {
  if (typeof value !== "object" || value === null || depth <= 0) return [];
  const found = Object.entries(value).flatMap(([name, inner]) =>
    WORDS.has(name) && isWord(inner) ? [`${name}=${inner}`] : wordsIn(inner, depth - 1),
  );
  return found.slice(0, 5);
}

function isWord(value: unknown): value is string | number {
  return typeof value === "number" || (typeof value === "string" && /^[a-z][\w.]{0,40}$/i.test(value));
}
