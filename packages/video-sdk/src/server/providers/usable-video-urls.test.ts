import { expect, test } from "vitest";
import { usableVideoUrls } from "./usable-video-urls.ts";

const GOOD = "https://v3.fal.media/files/a.mp4";

test("https URLs pass, in order", () => {
  expect(usableVideoUrls([GOOD, `${GOOD}?sig=1`])).toEqual([GOOD, `${GOOD}?sig=1`]);
});

test.each([
  "http://v3.fal.media/files/a.mp4",
  "javascript:alert(1)",
  "data:video/mp4;base64,AAAA",
  "file:///etc/passwd",
  "https://user@v3.fal.media/a.mp4",
  "https://:secret@v3.fal.media/a.mp4",
  "https://10.0.0.1/a.mp4",
  "https://2130706433/a.mp4",
  "https://[::1]/a.mp4",
  "//v3.fal.media/a.mp4",
  "not a url",
  "",
  `${GOOD}?${"x".repeat(2048)}`,
  42,
  null,
])("%j does not pass", (candidate) => {
  expect(usableVideoUrls([candidate])).toEqual([]);
});

test("an app's rule replaces https, and nothing else", () => {
  const isLocal = ({ hostname }: URL) => hostname === "127.0.0.1";
  expect(usableVideoUrls(["http://127.0.0.1:4400/a.mp4", GOOD, "http://me:x@127.0.0.1/a.mp4"], isLocal)).toEqual([
    "http://127.0.0.1:4400/a.mp4",
  ]);
});
