// Reading Retry-After: seconds, a date, and everything that is neither.
import { describe, expect, test } from "vitest";
import { retryAfterMsIn, retryAfterMsOf } from "./retry-after.ts";

const NOW = Date.UTC(2026, 0, 1, 12, 0, 0);

describe("a Retry-After header", () => {
  test.each([
    ["1", 1_000],
    ["120", 120_000],
    [" 30 ", 30_000],
    ["007", 7_000],
    ["999999999", 999_999_999_000],
  ])("%j are seconds", (header, delayMs) => {
    expect(retryAfterMsOf(header, NOW)).toBe(delayMs);
  });

  test("a date counts from now", () => {
    expect(retryAfterMsOf("Thu, 01 Jan 2026 12:00:05 GMT", NOW)).toBe(5_000);
    expect(retryAfterMsOf("Thu, 01 Jan 2026 13:00:00 GMT", NOW)).toBe(3_600_000);
  });

  test.each(["0", "00", "Thu, 01 Jan 2026 12:00:00 GMT", "Wed, 31 Dec 2025 12:00:00 GMT"])(
    "%j, now or in the past, counts as not said",
    (header) => {
      expect(retryAfterMsOf(header, NOW)).toBeUndefined();
    },
  );

  test.each([
    "",
    "   ",
    "-5",
    "1.5",
    "1e3",
    "5, 6",
    "0x10",
    "9999999999",
    "soon",
    "120 seconds",
    "in 5 minutes",
    "NaN",
    "Infinity",
    "maintenance 2099",
    "2099-01-01",
    "2099/01/01",
    "Foo, 01 Bar 2099 12:00:00 GMT",
    "Thu, 99 Jan 2099 99:99:99 GMT",
  ])("%j is garbage and counts as not said", (header) => {
    expect(retryAfterMsOf(header, NOW)).toBeUndefined();
  });

  test("a header that is not there counts as not said", () => {
    expect(retryAfterMsOf(null, NOW)).toBeUndefined();
  });
});

describe("in the headers of an answer", () => {
  const headersOf = (retryAfter: string, date?: string) =>
    new Headers({ "retry-after": retryAfter, ...(date === undefined ? {} : { date }) });

  test("seconds need no clock", () => {
    expect(retryAfterMsIn(headersOf("7"))).toBe(7_000);
    expect(retryAfterMsIn(headersOf("7", "Thu, 01 Jan 2099 12:00:00 GMT"))).toBe(7_000);
    expect(retryAfterMsIn(new Headers())).toBeUndefined();
  });

  test("a date is compared with the answer's own date, whatever the device's clock says", () => {
    const until = "Thu, 01 Jan 2026 12:00:05 GMT";
    expect(retryAfterMsIn(headersOf(until, "Thu, 01 Jan 2026 12:00:00 GMT"))).toBe(5_000);
    expect(retryAfterMsIn(headersOf(until, "Thu, 01 Jan 2026 13:00:00 GMT"))).toBeUndefined();
    expect(retryAfterMsIn(headersOf(until))).toBeUndefined();
    expect(retryAfterMsIn(headersOf(until, "garbage"))).toBeUndefined();
  });
});
