// What values in a record look like, and how such tests are put together. Pure.

/** Whether a value is as it should be. */
export type Test = (value: unknown) => boolean;
/** The members of an object. */
export type Fields = Readonly<Record<string, Test>>;

/** No real price is near this. A record with more was not written by this package. */
export const MOST_CREDITS = 10_000_000;
/** Longer than any id or URL. */
export const LONGEST_TEXT = 65_536;

/** Whether a value can stand in a record as an id or a URL. */
export function isStorableText(value: unknown): value is string {
  return typeof value === "string" && value !== "" && value.length <= LONGEST_TEXT;
}

/** Whether a value can stand in a record as a time, a size or a count. */
export function isStorableNumber(value: unknown): value is number {
  return typeof value === "number" && Number.isFinite(value) && value >= 0;
}

/** Whether a value can stand in a record as a price: whole credits. */
export function isStorableAmount(value: unknown): boolean {
  return Number.isSafeInteger(value) && Number(value) > 0 && Number(value) <= MOST_CREDITS;
}

/** True or false. */
export const isFlag: Test = (value) => typeof value === "boolean";
/** One of these texts. */
export const isOneOf =
  (...known: readonly string[]): Test =>
  (value) =>
    known.some((one) => one === value);
/** A list with at least `min` entries of a kind. */
export const listOf =
  (test: Test, { min }: { min: number }): Test =>
  (value) =>
    Array.isArray(value) && value.length >= min && value.every(test);
/** Undefined, or of a kind. */
export const maybe =
  (test: Test): Test =>
  (value) =>
    value === undefined || test(value);
/** An object with members of a kind. */
export const mapOf =
  (test: Test): Test =>
  (value) =>
    isObject(value) && Object.values(value).every(test);
/** An object with these members, and perhaps more. */
export const objectOf = (fields: Fields): Test => {
  const tests = Object.entries(fields).map(([field, test]) => ({ field, test }));
  return (value) => isObject(value) && tests.every(({ field, test }) => test(value[field]));
};

/** Whether a value is an object with readable fields. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
