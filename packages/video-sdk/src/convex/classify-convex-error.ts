// Decides whether a rejected mutation has run. Reads texts in one table only, because Convex's HTTP client gives nothing else.
import { isVideoErrorCode, videoErrorData, type VideoErrorCode, type VideoErrorData } from "../errors.ts";
import type { CallResult } from "../ports.ts";
import { causeText } from "../thrown-error.ts";
import { isObject, isText, parsed } from "../value-kinds.ts";

/**
 * Codes of Convex's own HTTP answers after which nothing was committed: it gave up on a conflict, its queue was full, or it refused
 * the token, which it checks before the function. ConvexHttpClient passes on only the code of such an answer.
 */
const NOTHING_COMMITTED: Readonly<Record<string, VideoErrorCode>> = {
  OptimisticConcurrencyControlFailure: "unreachable",
  ExpiredInQueue: "unreachable",
  WorkerOverloaded: "unreachable",
  IsolateNotClean: "unreachable",
  InitialPermitTimeoutError: "unreachable",
  ExecuteFullError: "unreachable",
  InvalidAuthHeader: "not-signed-in",
  IdTokenExpired: "not-signed-in",
  NoAuthProvider: "not-signed-in",
  Unauthenticated: "not-signed-in",
};

/** How the text of an HTTP rejection begins when a function ran and threw, which rolls everything back. */
const THROWN_BY_FUNCTION = [
  /^\[Request ID: /,
  /^Uncaught /,
  /^ArgumentValidationError/,
  /^Could not find public function/,
];

const CONVEX_ERROR = Symbol.for("ConvexError");

/** A rejected mutation as a failed call. After a ConvexError, or any rejection by a socket client, nothing was changed. */
export function classifyConvexError(thrown: unknown, isSocket: boolean): Extract<CallResult<never>, { ok: false }> {
  const error = readRefusal(thrown, isSocket);
  if (error !== undefined) return { ok: false, certainty: "not-done", error };
  return { ok: false, certainty: "unknown", error: videoErrorData("unreachable", reasonIn(thrown)) };
}

/** Something thrown that throws when it is read proves nothing. */
function readRefusal(thrown: unknown, isSocket: boolean): VideoErrorData | undefined {
  try {
    return refusalOf(thrown, isSocket);
  } catch {
    return undefined;
  }
}

/** Why nothing was changed; undefined where that is not certain. */
function refusalOf(thrown: unknown, isSocket: boolean): VideoErrorData | undefined {
  const data = convexDataOf(thrown);
  if (data !== undefined) return { ...errorOf(data.value), ...reasonIn(thrown) };
  const text = thrown instanceof Error ? thrown.message : "";
  const code = codeOfServer(text);
  if (code !== undefined) return videoErrorData(code);
  if (!isSocket && !THROWN_BY_FUNCTION.some((pattern) => pattern.test(text))) return undefined;
  return videoErrorData("settlement-failed", { message: "The backend refused the call.", ...reasonIn(thrown) });
}

/** For the developer. A function that is not there has a way out, which decides nothing. */
function reasonIn(thrown: unknown): { readonly details: { readonly reason: string } } {
  const reason = causeText(thrown);
  const isMissing = reason.includes("Could not find public function");
  return { details: { reason: isMissing ? `${reason} (\`npx @video-engine/cli init\` writes it)` : reason } };
}

/** Found by its marker, because two copies of convex may be bundled. */
function convexDataOf(thrown: unknown): { readonly value: unknown } | undefined {
  if (typeof thrown !== "object" || thrown === null) return undefined;
  return CONVEX_ERROR in thrown && "data" in thrown ? { value: thrown.data } : undefined;
}

function errorOf(data: unknown): VideoErrorData {
  if (typeof data === "string") return videoErrorData("settlement-failed", { message: data });
  const { code, message } = isObject(data) ? data : {};
  return videoErrorData(codeOf(code), typeof message === "string" ? { message } : {});
}

function codeOf(code: unknown): VideoErrorCode {
  if (isVideoErrorCode(code)) return code;
  if (code === "not_found") return "not-found";
  return code === "unauthenticated" ? "not-signed-in" : "settlement-failed";
}

function codeOfServer(text: string): VideoErrorCode | undefined {
  const { code } = parsed(text);
  return isText(code) && Object.hasOwn(NOTHING_COMMITTED, code) ? NOTHING_COMMITTED[code] : undefined;
}
