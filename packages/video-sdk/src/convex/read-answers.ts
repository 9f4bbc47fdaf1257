// Reads what the app's functions return, in every shape that is or was deployed. Pure. An answer that cannot be read is an unknown outcome: the
// function has run, and only its answer is lost.
import { videoErrorData, type VideoErrorData } from "../errors.ts";
import { hasContent } from "../has-content.ts";
import type { CallResult } from "../ports.ts";
import { isFilledText } from "../value-kinds.ts";

/** The slot's id, or why there is none. Reads `{ ok, generationId }`, `{ success }`, a plain id, `{ generationId }` and `{ _id }`. */
export function readSlot(answer: unknown): CallResult<string> {
  if (isId(answer)) return done(answer);
  const fields = fieldsOf(answer);
  if (fields["ok"] !== false && fields["success"] !== false) {
    const id = [fields["generationId"], fields["_id"]].find(isId);
    if (id !== undefined) return done(id);
    return unreadable("acquireGenerationSlot answered without an id.");
  }
  const { reason, limit, active, message } = fields;
  const isLimit = reason === "limit_reached" || reason === undefined;
  const error = videoErrorData(isLimit ? "slot-limit-reached" : "internal");
  const numbers = Object.entries({ limit, active }).filter(([, value]) => typeof value === "number");
  return refused({
    ...error,
    message: isFilledText(message) ? message : error.message,
    details: Object.fromEntries(numbers),
  });
}

/**
 * Whether the credits are reserved. Reads `{ success }` and `{ ok }`, and the older value: `false` is a refusal, anything truthy is done. Flags
 * that are no flags or differ, and an object that has an error and no flag, say neither.
 */
export function readReservation(answer: unknown): CallResult<void> {
  const { message, success, ok, error } = fieldsOf(answer);
  if (answer === false || saysNo(answer)) {
    return refused(videoErrorData("insufficient-credits", isFilledText(message) ? { message } : {}));
  }
  const flags = [success, ok].filter((flag) => flag !== undefined);
  const isClear = flags.length === 0 ? !hasContent(error) : flags.every((flag) => flag === true);
  if (answer && isClear) return done(undefined);
  return unreadable("reserveCredits answered nothing that says whether it has reserved.");
}

/** The id of a created session or row: plain, or as `generationId`, `sessionId` or `_id`. */
export function readId(answer: unknown, what: string): CallResult<string> {
  const fields = fieldsOf(answer);
  const id = [answer, fields["generationId"], fields["sessionId"], fields["_id"]].find(isId);
  return id === undefined ? unreadable(`${what} answered without an id.`) : done(id);
}

/** The reserved credits of `{ total, reserved, available }`. */
export function readReserved(answer: unknown): CallResult<number> {
  const reserved = wholeNumberIn(fieldsOf(answer)["reserved"]);
  if (reserved !== undefined && reserved >= 0) return done(reserved);
  return refused(
    videoErrorData("protocol-mismatch", { message: "getUserCreditsBreakdown answered without `reserved`." }),
  );
}

/**
 * Whether credits were settled as wanted. What is returned is ignored, but for two things: an explicit no, and, of an exactly-once backend, what
 * was decided before. Capture and release share one key.
 */
export function readSettlement(answer: unknown, wanted: "captured" | "released"): CallResult<void> {
  const { decided, message: reason } = fieldsOf(answer);
  if (saysNo(answer))
    return refused(videoErrorData("settlement-failed", isFilledText(reason) ? { message: reason } : {}));
  if (!isFilledText(decided) || decided === wanted) return done(undefined);
  const message = `The credits were already ${decided}.`;
  return refused(videoErrorData("settlement-failed", { message, details: { decided } }));
}

/** A whole number, also where the backend counts in `v.int64()`, which arrives as a BigInt. */
export function wholeNumberIn(value: unknown): number | undefined {
  const number = typeof value === "bigint" ? Number(value) : value;
  return typeof number === "number" && Number.isSafeInteger(number) ? number : undefined;
}

/** The sentence of an answer, where it has one. */
export function messageIn(answer: unknown): string | undefined {
  const { message } = fieldsOf(answer);
  return isFilledText(message) ? message : undefined;
}

/** Whether an answer is an explicit no: `{ success: false }` or `{ ok: false }`. */
export function saysNo(answer: unknown): boolean {
  const { success, ok } = fieldsOf(answer);
  return success === false || (success === undefined && ok === false);
}

function done<T>(value: T): CallResult<T> {
  return { ok: true, value };
}

function refused(error: VideoErrorData): CallResult<never> {
  return { ok: false, certainty: "not-done", error };
}

function unreadable(message: string): CallResult<never> {
  return { ok: false, certainty: "unknown", error: videoErrorData("protocol-mismatch", { message }) };
}

/** Ids are one word. A text such as JSON in JSON is none: a slot could never be closed under it. */
function isId(value: unknown): value is string {
  return isFilledText(value) && !/[\s{}"]/.test(value);
}

/** The members; none of what has none, and an error of what throws when they are read. */
function fieldsOf(value: unknown): Record<string, unknown> {
  try {
    return typeof value === "object" && value !== null ? { ...value } : {};
  } catch {
    return { error: "unreadable" };
  }
}
