// How much of a JSON text stands outside its one long string, and that a body with more is never parsed.
import fc from "fast-check";
import { afterEach, describe, expect, test, vi } from "vitest";
import { createRoutesWorld, GOOD } from "./__fixtures__/routes-world.ts";
import { bytesOf } from "./hmac.ts";
import { isSmallOutside } from "./json-size.ts";

const MAX = 262_144;
const PNG = btoa("\x89PNG\r\n\x1a\nrest");
const IMAGE = PNG + "A".repeat(1_000_000);
const json = JSON.stringify;
const withMore = (more: string) => `${json(GOOD).slice(0, -1)},${more}}`;
const withImage = (more: string) => withMore(`"attachmentImageBytes":"${IMAGE}",${more}`);
const isSmall = (text: string, maxOtherBytes: number) =>
  isSmallOutside(bytesOf(text), { name: "attachmentImageBytes", maxOtherBytes });

afterEach(() => vi.restoreAllMocks());

describe("a body that would cost more than its bytes is refused and never parsed:", () => {
  const many = (count: number, make: (at: number) => string): string =>
    Array.from({ length: count }, (_, at) => make(at)).join(",");

  test.each([
    ["a million members beside an image", () => withImage(many(1_000_000, (at) => `"${at.toString(36)}":0`))],
    ["6.9 million brackets beside an image", () => withImage(`"x":${"[".repeat(3_450_000)}${"]".repeat(3_450_000)}`)],
    [
      "the same before it",
      () => `{"x":${"[".repeat(300_000)}${"]".repeat(300_000)},"attachmentImageBytes":"${IMAGE}"}`,
    ],
    ["a million numbers", () => withImage(`"x":[${many(1_000_000, () => "1")}]`)],
    ["a million short strings", () => withImage(`"x":[${many(1_000_000, () => '""')}]`)],
    ["a thousand long strings", () => withImage(`"x":[${many(1000, () => json("x".repeat(10_000)))}]`)],
    ["two images", () => withImage(`"attachmentImageUrl":"${IMAGE}"`)],
    ["white space", () => withImage(" ".repeat(MAX))],
    ["a prompt of a megabyte", () => withMore(`"x":0`).replace(GOOD.prompt, "x".repeat(1_000_000))],
    ["a name of a megabyte", () => withMore(`"${"x".repeat(1_000_000)}":"attachmentImageBytes"`)],
    ["quotes that are escaped", () => withImage(`"x":"${'\\"'.repeat(400_000)}"`)],
    ["a string that does not end", () => withMore(`"x":"${"x".repeat(400_000)}`)],
    ["no JSON at all", () => "\\".repeat(400_000)],
    ["only quotes", () => '"'.repeat(400_001)],
  ])("%s", async (_, make) => {
    const { generate, fal } = createRoutesWorld();
    const parse = vi.spyOn(JSON, "parse");
    const answer = await generate(make());
    const parsed = parse.mock.calls.filter(([text]) => text.length > MAX);
    expect(parsed).toEqual([]);
    expect(answer).toMatchObject({ status: 413, body: { error: { code: "too-large", details: { maxBytes: MAX } } } });
    expect(fal.calls).toEqual([]);
  });
});

describe("a body of any depth within the limit is refused in order, not by an overflow:", () => {
  test.each([
    ["arrays", (depth: number) => `${"[".repeat(depth)}${"]".repeat(depth)}`],
    ["objects", (depth: number) => `${'{"a":'.repeat(depth)}1${"}".repeat(depth)}`],
  ])("%s", async (_, nested) => {
    const { generate } = createRoutesWorld();
    for (const field of ["prompt", "model", "duration", "klingO1Images", "klingO1Elements", "idempotencyKey", "x"]) {
      const body = `{${[...Object.entries(GOOD).filter(([name]) => name !== field)].map(([name, value]) => `${json(name)}:${json(value)}`).join(",")},"${field}":${nested(40_000)}}`;
      expect((await generate(body)).status).toBe(400);
    }
  });
});

test("an image of 10 MB in base64 passes, wherever its member stands, and every byte of it arrives", async () => {
  const image = PNG + "/+Aa".repeat(3_300_000);
  for (const body of [
    withMore(`"attachmentImageBytes":"${image}"`),
    `{"attachmentImageBytes" :\n "${image}",${json(GOOD).slice(1)}`,
  ]) {
    const { generate, fal } = createRoutesWorld();
    expect((await generate(body)).status).toBe(200);
    const [upload] = fal.uploads;
    expect([upload?.contentType, upload?.bytes.length]).toEqual(["image/png", atob(image).length]);
  }
});

describe("isSmallOutside", () => {
  test.each([
    ['{"attachmentImageBytes":""}', 27, true],
    ['{"attachmentImageBytes":""}', 26, false],
  ])("of %s, at most %i bytes: %s", (text, max, expected) => expect(isSmall(text, max)).toBe(expected));

  test("counts exactly what stands outside the value, whatever the value holds", () => {
    const value = fc.string({ minLength: 300, maxLength: 2000, unit: "binary" });
    const property = fc.property(value, fc.jsonValue(), fc.boolean(), (long, other, isFirst) => {
      const members = [`"attachmentImageBytes":${json(long)}`, `"x":${json(other)}`];
      const text = `{${(isFirst ? members : members.toReversed()).join(",")}}`;
      const outside = bytesOf(text).length - (bytesOf(json(long)).length - 1);
      expect([isSmall(text, outside), isSmall(text, outside - 1)]).toEqual([true, false]);
    });
    fc.assert(property, { numRuns: 200, seed: 27 });
  });
});
