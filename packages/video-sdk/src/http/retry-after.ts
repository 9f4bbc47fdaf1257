// Reads a Retry-After header: whole seconds, or a date. Used on both sides of the routes, so it imports nothing.

const SECONDS = /^\d{1,9}$/;
/** The only form of date that servers still send. Date.parse alone would find a year in almost any text. */
const HTTP_DATE = /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/;

/** Milliseconds from `nowMs` until the other side wants to be asked again. Undefined for garbage and for the past. */
export function retryAfterMsOf(header: string | null, nowMs: number): number | undefined {
  const said = header?.trim() ?? "";
  const delayMs = SECONDS.test(said) ? Number(said) * 1_000 : httpDateMs(said) - nowMs;
  return delayMs > 0 ? delayMs : undefined;
}

/** The same of an answer's headers. A date is compared with the answer's own `Date`, never with a clock of ours; without that it says nothing. */
export function retryAfterMsIn(headers: Pick<Headers, "get">): number | undefined {
  const header = headers.get("retry-after");
  return header === null ? undefined : retryAfterMsOf(header, httpDateMs(headers.get("date")));
}

/** Epoch milliseconds of a date in a header, such as `Date`; NaN where it is no date. */
export function httpDateMs(header: string | null): number {
  return header !== null && HTTP_DATE.test(header) ? Date.parse(header) : Number.NaN;
}
