// What a bare HTTP status means.
import { describe, expect, test } from "vitest";
import { VIDEO_ERRORS } from "../errors.ts";
import { codeOfStatus } from "./code-of-status.ts";

describe("a status without a word of ours", () => {
  test.each([
    [400, "invalid-request"],
    [401, "not-signed-in"],
    [402, "insufficient-credits"],
    [403, "not-signed-in"],
    [404, "not-found"],
    [405, "method-not-allowed"],
    [408, "unreachable"],
    [409, "already-running"],
    [410, "model-retired"],
    [413, "too-large"],
    [415, "invalid-request"],
    [422, "provider-rejected"],
    [425, "unreachable"],
    [429, "rate-limited"],
  ] as const)("%i is %s", (status, code) => {
    expect(codeOfStatus(status)).toBe(code);
  });

  test.each([406, 418, 431, 451, 499])("%i, which no route of ours uses, is a bad request", (status) => {
    expect(codeOfStatus(status)).toBe("invalid-request");
  });

  test.each([500, 501, 502, 503, 504, 520, 521, 524, 530, 599, 600])(
    "%i is a server that cannot be reached",
    (status) => {
      expect(codeOfStatus(status)).toBe("unreachable");
    },
  );

  test("what may pass by itself is retryable, what the user must change is not", () => {
    for (const status of [408, 425, 429, 500, 502, 503, 504])
      expect(VIDEO_ERRORS[codeOfStatus(status)].retryable).toBe(true);
    for (const status of [400, 402, 404, 405, 410, 413, 422])
      expect(VIDEO_ERRORS[codeOfStatus(status)].retryable).toBe(false);
  });
});
