// Two requests have one fingerprint exactly when they say the same.
import fc from "fast-check";
import { expect, test } from "vitest";
import { fingerprintOf } from "./fingerprint-of.ts";

const same = async (one: unknown, other: unknown) => (await fingerprintOf(one)) === (await fingerprintOf(other));

test.each([
  [{ a: 1, b: { c: 2, d: 3 } }, { b: { d: 3, c: 2 }, a: 1 }, true],
  [{ a: 1, b: undefined }, { a: 1 }, true],
  [[{ a: 1, b: 2 }], [{ b: 2, a: 1 }], true],
  [[1, 2], [2, 1], false],
  [{ a: 1 }, { a: "1" }, false],
  [{ a: 1 }, { a: 2 }, false],
  [{ a: [] }, { a: {} }, false],
  [{ a: null }, {}, false],
  [{ "1": "a" }, ["", "a"], false],
])("%j and %j are the same: %s", async (one, other, isSame) => {
  expect(await same(one, other)).toBe(isSame);
});

test("it does not depend on the order of members, and is short whatever is in it", async () => {
  const run = async (value: Record<string, unknown>) => {
    const backwards = Object.fromEntries(Object.entries(value).reverse());
    expect(await fingerprintOf(backwards)).toBe(await fingerprintOf(value));
    expect(await fingerprintOf(value)).toMatch(/^[\w-]{43}$/);
  };
  await fc.assert(fc.asyncProperty(fc.dictionary(fc.string(), fc.jsonValue()), run), { numRuns: 200, seed: 1 });
});
