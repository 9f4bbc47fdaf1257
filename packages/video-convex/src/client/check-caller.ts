// What the app says of the caller, and what the caller says of a generation, before anything is read.
import { refusal } from "../component/model/refusal.ts";
import type { SignedInUser } from "./functions.ts";

/** An id becomes part of keys and of addresses. */
const ID = /^[\w.:-]{1,128}$/;

/** Refuses what can be no id of a generation. */
export function checkId(id: string): void {
  if (ID.test(id)) return;
  const allowed = 'id must be 1 to 128 letters, digits, "-", "_", "." or ":"';
  throw refusal("invalid-request", `${allowed}, got "${id.slice(0, 40)}".`);
}

/**
 * The user that the app's `auth` has named. An answer that names none is a refusal, and one that cannot be right is a mistake of the app: an empty id
 * would be one account for all that have none.
 */
export function signedIn(answer: SignedInUser | string | null | undefined): SignedInUser {
  if (answer === null || answer === undefined || answer === "") {
    throw refusal("not-signed-in", "Sign in to generate videos.");
  }
  const user: Partial<SignedInUser> = typeof answer === "object" ? answer : { userId: answer };
  const { userId, maxConcurrent } = user;
  if (typeof userId !== "string" || userId === "") {
    throw refusal(
      "not-configured",
      "auth must return the user's id, or an object with it as userId: a text that is not empty.",
    );
  }
  checkWhole("maxConcurrent of auth", maxConcurrent);
  return { userId, maxConcurrent };
}

/** Refuses a number of an option that counts nothing. */
export function checkWhole(option: string, value: number | undefined): void {
  if (value === undefined || (Number.isSafeInteger(value) && value >= 0)) return;
  throw refusal("not-configured", `${option} must be a whole number from 0, got ${String(value)}.`, { option });
}
