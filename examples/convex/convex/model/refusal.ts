// Every refusal of these functions, in one shape that a client can read in production, where plain errors are redacted.
import { ConvexError, type Value } from "convex/values";

/** Why a function refused. Each leaves the database as it was. */
export type RefusalCode =
  | "unauthenticated"
  | "user_not_found"
  | "not_found"
  | "invalid_arguments"
  | "credits_not_reserved"
  | "operation_mismatch"
  | "still_loading"
  | "extras_disabled";

/** The error to throw: its `data` is `{ code, message, ...details }`. */
export function refusal(
  code: RefusalCode,
  message: string,
  details: Record<string, Value> = {},
): ConvexError<Record<string, Value>> {
  return new ConvexError({ code, message, ...details });
}
