import fc from "fast-check";
import { expect, test } from "vitest";
import { cleanPrompt, utf8Length } from "./prompt-text.ts";

fc.configureGlobal({ seed: 20_261_122 });

/** Any text, lone surrogates and control characters included. */
const anyText = fc.string({ unit: fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code)) });

test("a prompt keeps its lines, tabs, accents and emoji, and loses the space around it", () => {
  expect(cleanPrompt("  a fox\n\tin the snow, é 👩‍🚀 \n")).toBe("a fox\n\tin the snow, é 👩‍🚀");
});

test("line ends of other systems become ours", () => {
  expect(cleanPrompt("a\r\nb\rc")).toBe("a\nb\nc");
});

test("control characters and direction overrides go", () => {
  expect(cleanPrompt("a\0b\u0007c\u007fd\u0085e\u202ef\u2066g")).toBe("abcdefg");
  expect(cleanPrompt("\0 \u202e")).toBe("");
});

test.each(["\u200B\u200B", "\uFEFF \u2060", "\u00AD\u200F\n\u200D"])(
  "of %j nothing can be seen: it is empty",
  (text) => {
    expect(cleanPrompt(text)).toBe("");
    expect(cleanPrompt(`${text}🐕`)).toContain("🐕");
  },
);

test("cleaning twice changes nothing more", () => {
  fc.assert(
    fc.property(anyText, (text) => {
      expect(cleanPrompt(cleanPrompt(text))).toBe(cleanPrompt(text));
    }),
  );
});

test("bytes are counted as an encoder counts them, lone surrogates too", () => {
  const text = fc.oneof(anyText, fc.constantFrom("\ud800", "\udc00a", "é€👩‍🚀"));
  fc.assert(
    fc.property(text, (t) => {
      expect(utf8Length(t)).toBe(new TextEncoder().encode(t).length);
    }),
  );
});

test.each([
  [0x7f, 1],
  [0x80, 2],
  [0x7ff, 2],
  [0x800, 3],
  [0xffff, 3],
  [0x10000, 4],
])("a character of code point %i counts %i bytes", (point, bytes) => {
  expect(utf8Length(String.fromCodePoint(point))).toBe(bytes);
});
