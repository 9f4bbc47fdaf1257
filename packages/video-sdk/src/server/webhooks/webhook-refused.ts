// The checks for signed webhooks of every provider: the headers are there, and the time is close to ours.
import { VideoError } from "../../errors.ts";

/** How far a webhook's time may be from ours in either direction, milliseconds. fal and WaveSpeedAI both state 300 s. */
export const WEBHOOK_WINDOW_MS = 300_000;

/** The error for a webhook that the provider may not have sent. The reason stays in `cause`: senders see the same error for all reasons. */
export function webhookRefused(why: string): VideoError {
  return new VideoError("not-signed-in", {
    message: "The webhook is not signed as it should be.",
    retryable: false,
    cause: why,
  });
}

/** Reads a header that a signature needs. Throws {@link webhookRefused} when it is missing. */
export function signedHeader(headers: Headers, name: string): string {
  const value = headers.get(name);
  if (!value) throw webhookRefused(`The header ${name} is missing.`);
  return value;
}

/** Checks a time in whole seconds since 1970. Throws {@link webhookRefused} when it is not close to `nowMs`. */
export function checkWebhookTime(seconds: string, nowMs: number): void {
  const isNear = /^\d{1,12}$/.test(seconds) && Math.abs(nowMs - Number(seconds) * 1000) <= WEBHOOK_WINDOW_MS;
  if (!isNear) throw webhookRefused("The time is not within 300 s of ours.");
}
