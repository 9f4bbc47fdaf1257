// What every booking of the component's credits names, what it may be, and how it is refused. Pure: bad input is refused before anything is read.
import { videoErrorData, type VideoErrorData } from "@video-engine/video-sdk/core";

/** Done, or why not: then nothing was changed. */
export type Booked = { readonly ok: true } | { readonly ok: false; readonly error: VideoErrorData };

/** What every booking names. */
export interface Booking {
  readonly userId: string;
  /** Unique per user. A reservation is captured, released and refunded under its key. */
  readonly key: string;
  readonly at: number;
}

/** Everything that a booking may say beside what it names. */
interface Said extends Booking {
  readonly amount?: number;
  readonly refundKey?: string;
  readonly expiresInMs?: number | undefined;
  readonly note?: string | undefined;
}

/** It is done. */
export const DONE: Booked = { ok: true };

/** What one account can have: beyond it, numbers are not exact. */
export const MOST_CREDITS = Number.MAX_SAFE_INTEGER;

/** Longer than ids of sign-in services with their issuer, which is a URL. */
const MOST_NAME = 1_024;
/** A note is for a person to read. */
const MOST_NOTE = 1_000;
/** A year, milliseconds. */
const MOST_EXPIRY_MS = 366 * 24 * 60 * 60_000;

/** Whether a booking can be made at all. An empty user id is an account that all share for whom the app found none. */
export function checkBooking({ userId, key, amount, refundKey, expiresInMs, note }: Said): Booked {
  for (const [field, name] of Object.entries({ userId, key, refundKey })) {
    if (name !== undefined && !isName(name)) {
      return notValid(field, `1 to ${MOST_NAME} characters`, `${name.length} of them`);
    }
  }
  if (amount !== undefined && !isWhole(amount, MOST_CREDITS)) {
    return notValid("amount", "a whole number of credits above 0", String(amount));
  }
  if (expiresInMs !== undefined && !isWhole(expiresInMs, MOST_EXPIRY_MS)) {
    const allowed = `a whole number of milliseconds from 1 to ${MOST_EXPIRY_MS} (leave it out for a hold that stays)`;
    return notValid("expiresInMs", allowed, String(expiresInMs));
  }
  if (note !== undefined && note.length > MOST_NOTE) {
    return notValid("note", `at most ${MOST_NOTE} characters`, `${note.length} of them`);
  }
  return DONE;
}

/** Whether it can name a user, or a booking. */
export function isName(name: string): boolean {
  return name.length >= 1 && name.length <= MOST_NAME;
}

/** A refusal. */
export function refused(code: VideoErrorData["code"], message: string, details: Record<string, unknown>): Booked {
  return { ok: false, error: videoErrorData(code, { message, details }) };
}

function isWhole(value: number, most: number): boolean {
  return Number.isSafeInteger(value) && value > 0 && value <= most;
}

function notValid(field: string, allowed: string, value: string): Booked {
  return refused("invalid-request", `${field} must be ${allowed}, got ${value}.`, { field, value });
}
