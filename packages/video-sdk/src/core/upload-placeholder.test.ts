import { resolveVideoRequest } from "@video-engine/video-models";
import { describe, expect, test } from "vitest";
import { isPlaceholder, placeholderFor, withoutUrls, withUrls } from "./upload-placeholder.ts";

const { request: base } = resolveVideoRequest({
  model: "kling-o1",
  prompt: "a corgi",
  klingO1Images: ["https://a.test/1"],
});
const { klingO1Images: _, ...plain } = base;
const there = "https://cdn.test/there.png";
const URLS = { one: "https://cdn.test/1.png", "two/2": "https://cdn.test/2.png" };

describe("a placeholder", () => {
  test("is an https URL of a name that never resolves, one per file", () => {
    expect(placeholderFor("one")).toBe("https://upload.invalid/one");
    expect(placeholderFor("two/2?#")).toBe("https://upload.invalid/two%2F2%3F%23");
    expect(isPlaceholder(placeholderFor("two/2"))).toBe(true);
    expect([there, "", "http://upload.invalid/one", "https://upload.invalid"].some(isPlaceholder)).toBe(false);
  });
});

describe("withUrls", () => {
  test.each([
    "attachmentImageUrl",
    "startFrameImageUrl",
    "endFrameImageUrl",
    "klingO1Video",
    "sourceVideoUrl",
    "audioUrl",
  ] as const)("%s gets the URL of its file, keeps another, and is not made up", (field) => {
    expect(withUrls({ ...plain, [field]: placeholderFor("two/2") }, URLS)).toEqual({
      ...plain,
      [field]: URLS["two/2"],
    });
    expect(withUrls({ ...plain, [field]: there }, URLS)).toEqual({ ...plain, [field]: there });
    expect(Object.hasOwn(withUrls(plain, URLS), field)).toBe(false);
  });

  test("lists and elements get theirs, each in its place", () => {
    const withLists = (first: string, second: string) => ({
      ...plain,
      klingO1Images: [there, second, first],
      klingO1Elements: [{ frontalImageUrl: first, referenceImageUrls: [there, second] }],
    });
    const given = withLists(placeholderFor("one"), placeholderFor("two/2"));
    expect(withUrls(given, URLS)).toEqual(withLists(URLS.one, URLS["two/2"]));
    expect(Object.keys(withUrls(plain, URLS)).sort()).toEqual(Object.keys(plain).sort());
  });

  test("references and keyframes of newer models get theirs too", () => {
    const withLists = (first: string, second: string) => ({
      ...plain,
      referenceImageUrls: [there, first],
      referenceVideoUrls: [second],
      referenceAudioUrls: [first],
      keyframes: [
        { imageUrl: second, atSeconds: 0 },
        { imageUrl: there, atSeconds: 2.5 },
      ],
    });
    const given = withLists(placeholderFor("one"), placeholderFor("two/2"));
    expect(withUrls(given, URLS)).toEqual(withLists(URLS.one, URLS["two/2"]));
    expect(withoutUrls(given)).toEqual(plain);
  });

  test("a file without a URL stays a placeholder, which the check of a state would find", () => {
    const given = { ...plain, attachmentImageUrl: placeholderFor("three") };
    expect(withUrls(given, URLS)).toEqual(given);
  });
});
