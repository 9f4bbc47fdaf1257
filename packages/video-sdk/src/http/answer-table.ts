// What an error answer of a route means. One table: docs/answers.md prints it, and a test runs every row of that page.
import { VIDEO_ERRORS, type VideoErrorCode } from "../errors.ts";
import type { Certainty } from "../ports.ts";

/** The meaning of a status by itself: the error, and whether a submit that was answered so has certainly not been carried out. */
export interface BareStatus {
  readonly code: VideoErrorCode;
  readonly submit: Certainty;
}

/**
 * Where the body names no code of ours, anything between the app and the route may have answered: a gateway, a firewall, an auth middleware.
 * So no row is a verdict about the job, the user or the credits. Statuses that are not listed count as `4xx` or `5xx`.
 */
export const BARE_STATUSES: Readonly<Record<string, BareStatus>> & Readonly<Record<"4xx" | "5xx", BareStatus>> = {
  // The next token may be let through.
  401: { code: "unreachable", submit: "not-done" },
  402: { code: "protocol-mismatch", submit: "not-done" },
  403: { code: "unreachable", submit: "not-done" },
  404: { code: "protocol-mismatch", submit: "not-done" },
  405: { code: "method-not-allowed", submit: "not-done" },
  // A gateway answers 408, 409 and 499 also to a request that the route has received.
  408: { code: "unreachable", submit: "unknown" },
  409: { code: "protocol-mismatch", submit: "unknown" },
  410: { code: "protocol-mismatch", submit: "not-done" },
  413: { code: "too-large", submit: "not-done" },
  425: { code: "unreachable", submit: "not-done" },
  429: { code: "rate-limited", submit: "not-done" },
  499: { code: "unreachable", submit: "unknown" },
  "4xx": { code: "invalid-request", submit: "not-done" },
  "5xx": { code: "unreachable", submit: "unknown" },
};

/** The row of a status of 400 or more. */
export function bareStatusOf(status: number): BareStatus {
  return BARE_STATUSES[status] ?? BARE_STATUSES[status < 500 ? "4xx" : "5xx"];
}

/** Statuses that pass by themselves, or that the next token may clear. None of them, nor any of 500 and above, is ever a verdict. */
const NO_VERDICT: ReadonlySet<number> = new Set([401, 408, 425, 429]);

/** Whether the map of an app's routes may call a status a verdict on a job. */
export function canBeVerdict(status: number): boolean {
  return status >= 400 && status < 500 && !NO_VERDICT.has(status);
}

/** Codes of ours after which a job may exist, or which say that the first submit under this key is still running. Every other one is a refusal. */
export const UNSURE_CODES: ReadonlySet<VideoErrorCode> = new Set<VideoErrorCode>([
  "submission-unknown",
  "internal",
  "unreachable",
  "timed-out",
  "protocol-mismatch",
  "already-running",
]);

const ABOUT_THE_CALL: readonly VideoErrorCode[] = ["key-reused", "not-configured", "disposed", "settlement-failed"];

/**
 * Whether a code of ours says why a call was not served, and nothing of its job: what passes, what was asked for wrongly (below 422), and what the
 * route could not do. A gateway that answers everything with 200 sends such a refusal as if it were the answer.
 */
export function isAboutTheCall(code: VideoErrorCode): boolean {
  const { retryable, httpStatus } = VIDEO_ERRORS[code];
  return retryable || httpStatus < 422 || ABOUT_THE_CALL.includes(code);
}
