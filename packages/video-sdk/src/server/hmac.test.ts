// Signatures and base64url: what is accepted is exactly what was made.
import { createHmac } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { bytesOf, fromBase64Url, isSameText, isSignedText, signText, toBase64Url } from "./hmac.ts";

describe("a signature", () => {
  test("is HMAC-SHA256, as Node makes it", async () => {
    const text = "ünïcödé \0 text";
    expect(await signText(text, "secret")).toBe(createHmac("sha256", "secret").update(text).digest("base64url"));
  });

  test("is accepted by the secret that made it, and by no other", async () => {
    const signature = await signText("text", "old");
    expect(await isSignedText("text", signature, ["new", "old"])).toBe(true);
    expect(await isSignedText("text", signature, ["new"])).toBe(false);
    expect(await isSignedText("texT", signature, ["old"])).toBe(false);
  });

  test("changed in any single character is refused, also where it decodes to the same bytes", async () => {
    const signature = await signText("text", "secret");
    for (let place = 0; place < signature.length; place += 1) {
      for (const other of "AQgw_-=!") {
        if (signature[place] === other) continue;
        const changed = signature.slice(0, place) + other + signature.slice(place + 1);
        expect(await isSignedText("text", changed, ["secret"])).toBe(false);
      }
    }
  });

  test.each(["", "=", "a", "!", "ü", "v1", "A".repeat(42), "A".repeat(44), "A".repeat(5000)])(
    "%j is none",
    async (signature) => {
      expect(await isSignedText("text", signature, ["secret"])).toBe(false);
    },
  );
});

describe("two texts", () => {
  test.each([
    ["a", "a", true],
    ["", "", true],
    ["a", "b", false],
    ["a", "A", false],
    ["a", "", false],
    ["a", "aa", false],
    ["é", "e\u0301", false],
  ])("%j and %j are the same: %s", async (one, other, isSame) => {
    expect(await isSameText(one, other)).toBe(isSame);
  });
});

test("base64url returns every byte, and reads only what it wrote", () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 1, maxLength: 64 }), (bytes) => {
      const text = toBase64Url(bytes);
      expect(text).toBe(Buffer.from(bytes).toString("base64url"));
      expect(fromBase64Url(text)).toEqual(new Uint8Array(bytes));
    }),
    { numRuns: 200, seed: 1 },
  );
  fc.assert(
    fc.property(fc.string(), (text) => {
      const bytes = fromBase64Url(text);
      if (bytes !== undefined) expect(toBase64Url(bytes)).toBe(text);
    }),
    { numRuns: 500, seed: 1 },
  );
  expect(bytesOf("é")).toEqual(new Uint8Array([0xc3, 0xa9]));
});
