import { expect, test } from "vitest";
import { isBase64Image, MAX_IMAGE_BYTES } from "./base64-image.ts";

test.each(["aGk=", "aA==", "aGkh", "+/+/", "AAAABBBB"])("accepts %s", (text) => {
  expect(isBase64Image(text)).toBe(true);
});

test.each([
  ["nothing", ""],
  ["missing padding", "aGk"],
  ["only padding", "===="],
  ["padding in the middle", "aA==aA=="],
  ["too much padding", "a==="],
  ["the alphabet of URLs", "-_-_"],
  ["white space", "aGk=\naGk="],
  ["a data URL", "data:image/png;base64,aGk="],
])("refuses %s", (_what, text) => {
  expect(isBase64Image(text)).toBe(false);
});

test("counts bytes, not letters: the limit exactly is accepted, one more is not", () => {
  const ofBytes = (bytes: number) => Buffer.alloc(bytes).toString("base64");
  expect(isBase64Image(ofBytes(MAX_IMAGE_BYTES))).toBe(true);
  expect(isBase64Image(ofBytes(MAX_IMAGE_BYTES + 1))).toBe(false);
});

test("an enormous near miss is refused at once", () => {
  expect(isBase64Image("a".repeat(50_000_000))).toBe(false);
  expect(isBase64Image(`${"a".repeat(9_999_999)}!`)).toBe(false);
});
