// What the id of a provider's job may look like. Ids become part of a provider's URL, so nothing else may pass.

/** Whether a value can be the id of a job: 8 to 128 letters, digits, `_` and `-`. */
export function isRequestId(value: unknown): value is string {
  return typeof value === "string" && /^[A-Za-z0-9_-]{8,128}$/.test(value);
}
