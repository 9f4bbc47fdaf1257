// Reads what the app's functions return, in every shape that is or was deployed. Pure.
import { videoErrorData, type VideoErrorData } from "../errors.ts";
import type { CallResult } from "../ports.ts";

/** The slot's id, or why there is none. Reads `{ ok, generationId }`, `{ success }`, a plain id, `{ generationId }` and `{ _id }`. */
export function readSlot(answer: unknown): CallResult<string> {
  if (isText(answer)) return done(answer);
  const fields = fieldsOf(answer);
  if (fields["ok"] !== false && fields["success"] !== false) {
    const id = [fields["generationId"], fields["_id"]].find(isText);
    if (id !== undefined) return done(id);
    return refused(videoErrorData("protocol-mismatch", { message: "acquireGenerationSlot answered without an id." }));
  }
  const { reason, limit, active, message } = fields;
  const isLimit = reason === "limit_reached" || reason === undefined;
  const error = videoErrorData(isLimit ? "slot-limit-reached" : "internal");
  const numbers = Object.entries({ limit, active }).filter(([, value]) => typeof value === "number");
  return refused({
    ...error,
    message: isText(message) ? message : error.message,
    details: Object.fromEntries(numbers),
  });
}

/** Whether the credits are reserved. Reads `{ success }`, and the older truthy or falsy value. */
export function readReservation(answer: unknown): CallResult<void> {
  const { success, message } = fieldsOf(answer);
  const isReserved = typeof success === "boolean" ? success : Boolean(answer);
  return isReserved
    ? done(undefined)
    : refused(videoErrorData("insufficient-credits", isText(message) ? { message } : {}));
}

/** The id of a created session or row: plain, or as `generationId`, `sessionId` or `_id`. */
export function readId(answer: unknown, what: string): CallResult<string> {
  const fields = fieldsOf(answer);
  const id = [answer, fields["generationId"], fields["sessionId"], fields["_id"]].find(isText);
  return id === undefined
    ? refused(videoErrorData("protocol-mismatch", { message: `${what} answered without an id.` }))
    : done(id);
}

/** The reserved credits of `{ total, reserved, available }`. */
export function readReserved(answer: unknown): CallResult<number> {
  const { reserved } = fieldsOf(answer);
  if (typeof reserved === "number" && Number.isSafeInteger(reserved) && reserved >= 0) return done(reserved);
  return refused(
    videoErrorData("protocol-mismatch", { message: "getUserCreditsBreakdown answered without `reserved`." }),
  );
}

/** Whether an exactly-once settlement was decided as wanted. Capture and release share one key, so it may have been decided before. */
export function readSettlement(answer: unknown, wanted: "captured" | "released"): CallResult<void> {
  const { decided } = fieldsOf(answer);
  if (!isText(decided) || decided === wanted) return done(undefined);
  const message = `The credits were already ${decided}.`;
  return refused(videoErrorData("settlement-failed", { message, details: { decided } }));
}

function done<T>(value: T): CallResult<T> {
  return { ok: true, value };
}

function refused(error: VideoErrorData): CallResult<never> {
  return { ok: false, certainty: "not-done", error };
}

function isText(value: unknown): value is string {
  return typeof value === "string" && value !== "";
}

function fieldsOf(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null ? { ...value } : {};
}
