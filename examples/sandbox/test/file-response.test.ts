import { expect, test } from "vitest";
import { fileResponse } from "../src/file-response.ts";

const FILE = new TextEncoder().encode("0123456789");

test.each([
  [null, 200, "0123456789", null],
  ["bytes=0-3", 206, "0123", "bytes 0-3/10"],
  ["bytes=7-", 206, "789", "bytes 7-9/10"],
  ["bytes=-2", 206, "89", "bytes 8-9/10"],
  ["bytes=-99", 206, "0123456789", "bytes 0-9/10"],
  ["bytes=5-99", 206, "56789", "bytes 5-9/10"],
  ["bytes=10-", 416, "", "bytes */10"],
  ["bytes=5-2", 416, "", "bytes */10"],
  ["bytes=-", 200, "0123456789", null],
  ["lines=1-2", 200, "0123456789", null],
])("range %s is answered with %i", async (range, ...expected) => {
  const response = fileResponse(FILE, "video/mp4", range);
  expect([response.status, await response.text(), response.headers.get("content-range")]).toEqual(expected);
  expect(response.headers.get("content-type")).toBe("video/mp4");
});
