// Refuses numbers that cannot be part of a price.

/** Throws a RangeError with the rule ("duration must be above 0") and the value, unless `isGood`. */
export function assertNumber(isGood: boolean, rule: string, value: unknown): asserts isGood {
  if (!isGood) throw new RangeError(`${rule}; got ${String(value)}.`);
}
