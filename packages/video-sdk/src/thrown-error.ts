// What the developer is told of something that was thrown where only plain data can be passed on. Decides nothing.
import { isVideoErrorCode, toVideoError, videoErrorData, type VideoErrorData } from "./errors.ts";
import { loggedFrames } from "./logged-error.ts";

/** Anything thrown as plain data. The text of an error that is none of ours is in `details.reason`. Never throws. */
export function thrownErrorData(thrown: unknown): VideoErrorData {
  try {
    const error = toVideoError(thrown);
    const data = error === thrown || error.code !== "internal" ? error.toJSON() : undefined;
    if (isVideoErrorCode(data?.code)) return data;
  } catch {
    // It says that it is one of ours, and cannot be read.
  }
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
