import { expect, test } from "vitest";
import { checkPublicUrl } from "./check-public-url.ts";

const RULE = { allowedHosts: ["cdn.ok", ".fal.media"] };

test.each([
  "https://cdn.ok/a.mp4",
  "HTTPS://CDN.OK/a.mp4",
  "https://cdn.ok:443/a.mp4",
  "https://cdn.ok/a%20b.mp4?x=1&y=@z#t",
  "https://v3.fal.media/files/a.mp4",
  "https://v3b.x.fal.media/files/a.mp4",
])("allows %s", (url) => {
  expect(checkPublicUrl(url, RULE)).toMatchObject({ isAllowed: true, url: expect.any(URL) });
});

test.each([
  ["http://169.254.169.254/latest/meta-data/", "not https"],
  ["https://169.254.169.254/latest/meta-data/", "an address"],
  ["https://[::ffff:169.254.169.254]/", "an address"],
  ["https://[::1]/", "an address"],
  ["https://0x7f.1/", "an address"],
  ["https://2130706433/", "an address"],
  ["https://0177.0.0.1/", "an address"],
  ["https://127.1/", "an address"],
  ["https://localhost/", "not allowed"],
  ["https://localhost./", "not allowed"],
  ["https://cdn.ok./a.mp4", "not allowed"],
  ["https://metadata.google.internal/", "not allowed"],
  ["file:///etc/passwd", "not https"],
  ["gopher://cdn.ok/", "not https"],
  ["ftp://cdn.ok/", "not https"],
  ["javascript:alert(1)", "not https"],
  ["//cdn.ok/a.mp4", "not https"],
  ["https:cdn.ok/a.mp4", "not https"],
  ["https:///cdn.ok/a.mp4", "not https"],
  ["blob:https://cdn.ok/1", "not https"],
  ["https://cdn.ok@evil.example/", "a user"],
  ["https://cdn.ok:x@evil.example/", "a user"],
  ["https://user:pass@cdn.ok/", "a user"],
  ["https://@cdn.ok/", "a user"],
  ["https://cdn.ok%40evil.example/", "no URL"],
  ["https://cdn.ok.evil.example/", "not allowed"],
  ["https://evil.example/cdn.ok", "not allowed"],
  ["https://evil.example?cdn.ok", "not allowed"],
  ["https://evil.example#.fal.media", "not allowed"],
  ["https://fal.media/a.mp4", "not allowed"],
  ["https://evilfal.media/a.mp4", "not allowed"],
  ["https://.fal.media/", "not allowed"],
  ["https://cdn.ok:22/", "a port"],
  ["https://cdn.ok:80/", "a port"],
  ["https://cdn.ok:8443/", "a port"],
  ["https://cdn.ok:99999/", "no URL"],
  ["https://cdn.ok\\@evil.example/", "characters"],
  ["https:\\\\cdn.ok/", "characters"],
  ["https://cdn.ok\t/", "characters"],
  ["https://cdn\n.ok/", "characters"],
  [" https://cdn.ok/", "characters"],
  ["https://cdn.ok/\0", "characters"],
  ["https://сdn.ok/", "characters"],
  ["https://cdn.ok。evil.example/", "characters"],
  ["https://xn--dn-xlc.ok/", "not allowed"],
  ["", "not https"],
  [undefined, "no text"],
  [{ href: "https://cdn.ok/" }, "no text"],
  [["https://cdn.ok/"], "no text"],
])("refuses %s", (url, why) => {
  expect(checkPublicUrl(url, RULE)).toEqual({ isAllowed: false, reason: expect.stringContaining(why) });
});

test.each([
  ["an endless path", `https://cdn.ok/${"a".repeat(2048)}`],
  ["50 MB of data", `data:video/mp4;base64,${"A".repeat(50_000_000)}`],
])("refuses %s before it is parsed", (_, url) => {
  expect(checkPublicUrl(url, RULE)).toMatchObject({ reason: expect.stringContaining("2048 characters") });
});

test("an address is refused even where it is listed", () => {
  expect(checkPublicUrl("https://127.0.0.1/", { allowedHosts: ["127.0.0.1", ".1"] })).toMatchObject({
    isAllowed: false,
  });
});

test("nothing is allowed by an empty list", () => {
  expect(checkPublicUrl("https://cdn.ok/", { allowedHosts: [] })).toMatchObject({ isAllowed: false });
});
