// Whatever a text repeats of a prompt is found, however many prompts there are.
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { loggedText } from "./logged-error.ts";

const HIDDEN = "<text of the user>";
/** Few letters, so that parts are often shared, and often nearly. */
const words = (maxLength: number): fc.Arbitrary<string> =>
  fc.array(fc.constantFrom("a", "a", "a", "b"), { maxLength }).map((letters) => letters.join(""));

/** By the letter: twelve characters in common, or all of a shorter prompt of more than three. */
function repeatsPlainly(text: string, known: readonly string[]): boolean {
  return known.some((prompt) => {
    if (prompt.length <= 12) return prompt.length > 3 && text.includes(prompt);
    return Array.from({ length: prompt.length - 11 }, (_, at) => prompt.slice(at, at + 12)).some((part) =>
      text.includes(part),
    );
  });
}

describe("a text that may repeat a prompt", () => {
  test("is hidden exactly where it has twelve characters of one", () => {
    fc.assert(
      fc.property(words(60), fc.array(words(40), { maxLength: 4 }), (text, known) => {
        expect(loggedText(text, known) === HIDDEN).toBe(repeatsPlainly(text, known));
      }),
      { numRuns: 2_000, seed: 20_260_101 },
    );
  });

  test.each(Array.from({ length: 24 }, (_, at) => at))("wherever the twelve stand: at %i", (at) => {
    const prompt = `${"x".repeat(at)}a corgi surf${"y".repeat(23 - at)}`;
    expect(loggedText("Refused: a corgi surf, at dawn.", ["another", prompt])).toBe(HIDDEN);
    expect(loggedText("Refused: a corgi sur, at dawn.", ["another", prompt])).not.toBe(HIDDEN);
  });
});
