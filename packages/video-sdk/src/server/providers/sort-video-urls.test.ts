import { describe, expect, test } from "vitest";
import { allowLoopbackUrls, sortVideoUrls } from "./sort-video-urls.ts";

const GOOD = "https://v3.fal.media/files/a.mp4";

test("https URLs pass, in order", () => {
  expect(sortVideoUrls([GOOD, `${GOOD}?sig=1`])).toEqual({ videos: [GOOD, `${GOOD}?sig=1`], withheld: [] });
});

describe("a paid video is withheld, and may be copied, where its URL", () => {
  test.each([
    ["http://v3.fal.media/a.mp4", "it is not https"],
    ["HTTP://v3.fal.media/a.mp4", "it is not https"],
    ["data:video/mp4;base64,AAAA", "it holds the video itself, and is no https URL"],
    [`${GOOD}?${"x".repeat(2048)}`, "it is longer than 2048 characters"],
  ])("is %j", (url, why) => {
    expect(sortVideoUrls([url])).toEqual({ videos: [], withheld: [{ url, why, isForbidden: false }] });
  });
});

describe("a URL that breaks a rule of safety is neither copied nor shown", () => {
  test.each([
    "javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "data:image/png;base64,AAAA",
    "file:///etc/passwd",
    "https://user@v3.fal.media/a.mp4",
    "https://:secret@v3.fal.media/a.mp4",
    "https://10.0.0.1/a.mp4",
    "http://10.0.0.1/a.mp4",
    "http://169.254.169.254/latest/meta-data",
    "https://2130706433/a.mp4",
    "https://[::1]/a.mp4",
    "//v3.fal.media/a.mp4",
    "not a url",
  ])("%j", (url) => {
    const { videos, withheld } = sortVideoUrls([url]);
    expect(videos).toEqual([]);
    expect(withheld).toEqual([{ url, why: expect.any(String), isForbidden: true }]);
  });
});

test("an app's rule replaces https, and nothing else", () => {
  const isLocal = ({ hostname }: URL) => hostname === "127.0.0.1";
  const local = "http://127.0.0.1:4400/a.mp4";
  const { videos, withheld } = sortVideoUrls([local, GOOD, "http://me:x@127.0.0.1/a.mp4"], isLocal);
  expect(videos).toEqual([local]);
  expect(withheld).toMatchObject([
    { url: GOOD, isForbidden: true },
    { why: "it names a user", isForbidden: true },
  ]);
});

describe("with a sandbox on this machine", () => {
  test.each([GOOD, "http://127.0.0.1:4400/a.mp4", "http://localhost/a.mp4", "http://[::1]:80/a.mp4"])(
    "%s passes",
    (url) => {
      expect(sortVideoUrls([url], allowLoopbackUrls).videos).toEqual([url]);
    },
  );

  test.each([
    "http://10.0.0.1/a.mp4",
    "http://169.254.169.254/latest",
    "http://127.0.0.1.evil.example/a.mp4",
    "http://localhost.evil.example/a.mp4",
    "http://user@127.0.0.1/a.mp4",
    "https://127.0.0.1/a.mp4",
    "ftp://127.0.0.1/a.mp4",
    "http://v3.fal.media/a.mp4",
  ])("%s does not", (url) => {
    expect(sortVideoUrls([url], allowLoopbackUrls).videos).toEqual([]);
  });

  test("only where the app says so", () => {
    expect(sortVideoUrls(["http://127.0.0.1:4400/a.mp4"])).toMatchObject({
      videos: [],
      withheld: [{ isForbidden: true }],
    });
  });
});
