import { expect, test } from "vitest";
import { isHttpsUrl, MAX_URL_LENGTH } from "./https-url.ts";

const base = "https://cdn.example.com/";

test.each([
  "https://example.com",
  "https://cdn.example.com/a/b.png",
  "https://cdn.example.com:8443/a.png?x=1&y=%20#z",
  "https://example.com?x",
  "https://my_bucket.s3.eu-west-1.amazonaws.com/u/1.png",
  "https://xn--bcher-kva.example/ü.png",
  "https://EXAMPLE.COM/A",
  base + "a".repeat(MAX_URL_LENGTH - base.length),
])("accepts %.60s", (url) => {
  expect(isHttpsUrl(url)).toBe(true);
});

test.each([
  ["another scheme", "http://example.com/a.png"],
  ["a scheme in capitals", "HTTPS://example.com/"],
  ["no scheme", "//example.com/a.png"],
  ["a file", "file:///etc/passwd"],
  ["a script", "javascript:alert(1)//https://example.com"],
  ["data", "data:image/png;base64,aGk="],
  ["a user name", "https://user@example.com/"],
  ["a password", "https://user:secret@example.com/"],
  ["a host hidden behind a user name", "https://cdn.example.com@evil.example/"],
  ["a backslash before the path", "https://cdn.example.com\\@evil.example/"],
  ["a backslash in the path", "https://cdn.example.com/a\\b"],
  ["white space inside", "https://example.com/a b"],
  ["white space before", " https://example.com/"],
  ["a line end after", "https://example.com/\n"],
  ["a no-break space", "https://example.com/a\u00a0b"],
  ["NUL", "https://example.com/\0"],
  ["a C1 control character", "https://example.com/\u0085"],
  ["half a character", "https://example.com/\uD83D.png"],
  ["an IPv4 address", "https://169.254.169.254/latest/meta-data"],
  ["an IPv6 address", "https://[::1]/"],
  ["a decimal address", "https://2130706433/"],
  ["a hexadecimal address", "https://0x7f.1/"],
  ["a bare name", "https://localhost/"],
  ["a bare name with a dot", "https://localhost./"],
  ["no host", "https:///a"],
  ["an empty label", "https://example..com/"],
  ["a letter that only looks like k", "https://example.\u212aom/"],
  ["an international host not in its ASCII form", "https://bücher.example/"],
  ["a port of six digits", "https://example.com:123456/"],
  ["too many characters", base + "a".repeat(MAX_URL_LENGTH - base.length + 1)],
  ["nothing", ""],
])("refuses %s", (_what, url) => {
  expect(isHttpsUrl(url)).toBe(false);
});

test("takes no more time for a near miss than its length asks for", () => {
  // A pattern that backtracks would not come back from these at all.
  for (const part of ["a.", "a-", "a", "a."]) expect(isHttpsUrl(`https://${part.repeat(700)}!`)).toBe(false);
});
