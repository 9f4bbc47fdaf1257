// Shows that the schema checker can say no: the tests that rely on it rely on this.
import { describe, expect, test } from "vitest";
import { inputProblems, type InputSchema } from "./input-problems.ts";
import { publishedEndpoints, publishedSchema } from "./published-schema.ts";

const schema: InputSchema = {
  prompt: { type: "string", required: true, minLength: 3, maxLength: 5 },
  duration: { type: "string", enum: ["5", "10"] },
  seconds: { type: "integer", min: 4, max: 12 },
  scale: { type: "number", min: 0, max: 1 },
  sound: { type: "boolean" },
  image_url: { type: "url" },
  image_urls: { type: "array<url>", minItems: 1, maxItems: 2 },
  elements: { type: "array<object>", itemProperties: { front: { type: "url", required: true } } },
};

describe("inputProblems", () => {
  test("accepts an input that fits", () => {
    const fitting = {
      prompt: "fox",
      duration: "5",
      seconds: 4,
      scale: 0.5,
      sound: false,
      image_url: "https://a.example/b.png",
      image_urls: ["https://a.example/b.png"],
      elements: [{ front: "https://a.example/b.png" }],
    };
    expect(inputProblems(schema, fitting)).toEqual([]);
  });

  test.each([
    [{}, "input.prompt: required"],
    [{ prompt: "fox", webhook_url: "x" }, "input.webhook_url: unknown field"],
    [{ prompt: "fox", constructor: "x" }, "input.constructor: unknown field"],
    [{ prompt: undefined }, "input.prompt: not a string"],
    [{ prompt: "of" }, "input.prompt: not within 3 and 5"],
    [{ prompt: "foxtrot" }, "input.prompt: not within 3 and 5"],
    [{ prompt: "fox", duration: 5 }, "input.duration: not a string"],
    [{ prompt: "fox", duration: "7" }, "input.duration: not one of 5,10"],
    [{ prompt: "fox", seconds: "4" }, "input.seconds: not a integer"],
    [{ prompt: "fox", seconds: 4.5 }, "input.seconds: not a integer"],
    [{ prompt: "fox", seconds: 13 }, "input.seconds: not within 4 and 12"],
    [{ prompt: "fox", scale: Number.NaN }, "input.scale: not a number"],
    [{ prompt: "fox", sound: "true" }, "input.sound: not a boolean"],
    [{ prompt: "fox", image_url: "http://a.example/b.png" }, "input.image_url: not a url"],
    [{ prompt: "fox", image_urls: "https://a.example/b.png" }, "input.image_urls: not an array"],
    [{ prompt: "fox", image_urls: [] }, "input.image_urls: not 1 to 2 items"],
    [{ prompt: "fox", image_urls: ["b.png"] }, "input.image_urls.0: not a url"],
    [{ prompt: "fox", elements: [{}] }, "input.elements.0.front: required"],
    [{ prompt: "fox", elements: ["x"] }, "input.elements.0: not an object"],
  ])("refuses %o", (input, problem) => {
    expect(inputProblems(schema, input)).toEqual([problem]);
  });

  test("refuses what is not an object", () => {
    expect(inputProblems(schema, [])).toEqual(["input: not an object"]);
    expect(inputProblems({ items: { type: "array<object>" } }, { items: [{ stray: 1 }] })).toEqual([
      "input.items.0.stray: unknown field",
    ]);
  });

  test("does not pass over a type it does not know", () => {
    expect(() => inputProblems({ size: { type: "tuple" } }, { size: 1 })).toThrow("unknown type tuple");
  });

  test("knows every type in the fixtures", () => {
    for (const provider of ["fal", "kie"] as const) {
      for (const endpoint of publishedEndpoints(provider)) {
        const published = publishedSchema({ provider, endpoint });
        const everyField = Object.fromEntries(Object.keys(published).map((name) => [name, null]));
        expect(inputProblems(published, everyField)).toHaveLength(Object.keys(published).length);
      }
    }
  });

  test("does not pass over an endpoint it does not know", () => {
    expect(() => publishedSchema({ provider: "fal", endpoint: "fal-ai/none" })).toThrow("fal fal-ai/none");
    expect(() => publishedSchema({ provider: "wavespeed", endpoint: "fal-ai/ovi" })).toThrow("wavespeed fal-ai/ovi");
  });
});
