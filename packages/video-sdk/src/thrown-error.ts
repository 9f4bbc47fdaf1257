// What the developer is told of something that was thrown where only plain data can be passed on. Decides nothing.
import { loggedFrames } from "./logged-error.ts";
import { toVideoError, videoErrorData, type VideoErrorData } from "./errors.ts";

/** Anything thrown as plain data. The text of an error that is none of ours is in `details.reason`. Never throws. */
export function thrownErrorData(thrown: unknown): VideoErrorData {
  const error = toVideoError(thrown);
  if (error === thrown || error.code !== "internal") return error.toJSON();
  return videoErrorData("internal", { details: { reason: causeText(thrown) } });
}

/** Where an error was thrown; undefined for what is none. Never throws. */
export function framesOf(thrown: unknown): string | undefined {
  try {
    return thrown instanceof Error && typeof thrown.stack === "string" ? loggedFrames(thrown.stack) : undefined;
  } catch {
    return undefined;
  }
}

const LONGEST = 200;
/** Convex repeats the arguments that it refuses, the prompt among them. */
const ARGUMENTS = /\s+(?:Object|Value): .*$/s;

/** An error as a short text without addresses, tokens and arguments. */
export function causeText(error: unknown): string {
  return rawText(error)
    .replace(ARGUMENTS, "")
    .replaceAll(/\b[a-z][a-z0-9+.-]*:\/\/\S+/gi, "<address>")
    .replaceAll(/\b(Bearer|token)\s+\S+/gi, "$1 <token>")
    .slice(0, LONGEST);
}

/** Whatever was thrown, even what throws when it is read. */
function rawText(error: unknown): string {
  try {
    return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  } catch {
    return "unreadable";
  }
}
