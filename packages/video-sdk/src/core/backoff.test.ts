import { describe, expect, test } from "vitest";
import { backoffMs, hintFloorMs, MAX_HINT_MS } from "./backoff.ts";

const backoff = { firstMs: 1_000, maxMs: 30_000 };

describe("backoffMs", () => {
  test.each([
    [1, 500, 1_000],
    [2, 1_000, 2_000],
    [3, 2_000, 4_000],
    [5, 8_000, 16_000],
    [6, 15_000, 30_000],
    [60, 15_000, 30_000],
    [5_000, 15_000, 30_000],
  ])(
    "doubles with each attempt up to the maximum, and chance takes away at most half: attempt %i",
    (attempt, least, most) => {
      expect(backoffMs(backoff, { attempt, random: 0 })).toBe(least);
      expect(backoffMs(backoff, { attempt, random: 0.999_999 })).toBe(most);
    },
  );

  test("advice is the floor: shorter advice changes nothing, longer advice is obeyed", () => {
    expect(backoffMs(backoff, { attempt: 1, random: 0, hintMs: 400 })).toBe(500);
    expect(backoffMs(backoff, { attempt: 1, random: 0, hintMs: 45_000 })).toBe(45_000);
  });
});

describe("hintFloorMs", () => {
  test.each([
    [undefined, 0],
    [0, 0],
    [-5_000, 0],
    [Number.NaN, 0],
    [1, 1],
    [MAX_HINT_MS, MAX_HINT_MS],
    [MAX_HINT_MS + 1, MAX_HINT_MS],
    [Number.POSITIVE_INFINITY, MAX_HINT_MS],
  ])("advice of %s ms asks for at least %i ms", (hintMs, floorMs) => {
    expect(hintFloorMs(hintMs)).toBe(floorMs);
  });
});
