// The error class and its table: recognised across copies, plain as JSON, and complete.
import { afterEach, describe, expect, test, vi } from "vitest";
import {
  fromVideoErrorData,
  isVideoError,
  isVideoErrorCode,
  toVideoError,
  VIDEO_ERRORS,
  VideoError,
  videoErrorData,
  type VideoErrorCode,
  type VideoErrorOptions,
} from "./errors.ts";

const CODES = Object.keys(VIDEO_ERRORS).filter(isVideoErrorCode);

const everything = {
  message: "The credits of this video are still held.",
  retryable: true,
  phase: "settling",
  settlement: "held",
  retryAfterMs: 1_500,
  details: { decided: "released", issues: [{ path: "prompt" }] },
} as const satisfies VideoErrorOptions;

afterEach(() => {
  vi.resetModules();
});

describe("the table", () => {
  test("lists exactly these codes", () => {
    expect(CODES.toSorted()).toEqual(
      [
        "already-running",
        "price-changed",
        "canceled",
        "content-rejected",
        "disposed",
        "insufficient-credits",
        "internal",
        "invalid-request",
        "key-reused",
        "method-not-allowed",
        "model-retired",
        "not-configured",
        "not-found",
        "not-signed-in",
        "protocol-mismatch",
        "provider-failed",
        "provider-rejected",
        "provider-unavailable",
        "rate-limited",
        "result-missing",
        "result-unusable",
        "settlement-failed",
        "slot-limit-reached",
        "storage-failed",
        "submission-unknown",
        "timed-out",
        "too-large",
        "unknown-model",
        "unreachable",
        "upload-failed",
      ].toSorted(),
    );
  });

  test.each(CODES)("%s has an error status and a plain sentence without technical words", (code) => {
    const { httpStatus, message } = VIDEO_ERRORS[code];
    expect(httpStatus).toBeGreaterThanOrEqual(400);
    expect(httpStatus).toBeLessThan(600);
    expect(message).toMatch(/^[A-Z][^\n]*\.$/);
    expect(message).not.toMatch(/https?:|undefined|null|\{/);
  });

  test.each([
    ["rate-limited", true],
    ["unreachable", true],
    ["submission-unknown", false],
    ["content-rejected", false],
    ["timed-out", false],
  ] as const)("%s may be tried again: %s", (code, retryable) => {
    expect(new VideoError(code).retryable).toBe(retryable);
  });

  test.each(["toString", "__proto__", "constructor", "", "RATE-LIMITED", undefined, null, 5, ["internal"]])(
    "%j is not one of the codes",
    (value) => {
      expect(isVideoErrorCode(value)).toBe(false);
    },
  );
});

describe("a VideoError", () => {
  test("has the table's sentence and its retryable unless told otherwise", () => {
    expect(new VideoError("rate-limited")).toMatchObject({
      name: "VideoError",
      code: "rate-limited",
      message: VIDEO_ERRORS["rate-limited"].message,
      retryable: true,
    });
    expect(new VideoError("rate-limited", { retryable: false, message: "Later." })).toMatchObject({
      message: "Later.",
      retryable: false,
    });
  });

  test("is an Error that says its name, code and cause to a debugger", () => {
    const cause = new Error("socket closed");
    const error = new VideoError("unreachable", { cause });
    expect(error).toBeInstanceOf(Error);
    expect(String(error)).toBe(`VideoError: ${VIDEO_ERRORS.unreachable.message}`);
    expect(error.cause).toBe(cause);
    expect(error.stack).toContain("errors.test");
  });

  test("has no member for what was not said", () => {
    const error = new VideoError("internal");
    for (const name of ["phase", "settlement", "retryAfterMs", "details", "cause"])
      expect(error).not.toHaveProperty(name);
  });

  test("keeps every option", () => {
    expect(new VideoError("settlement-failed", everything)).toMatchObject({ code: "settlement-failed", ...everything });
  });
});

describe("as JSON", () => {
  test("everything that was said survives the round trip", () => {
    const error = new VideoError("settlement-failed", everything);
    const restored = fromVideoErrorData(JSON.parse(JSON.stringify(error)));
    expect(restored).toBeInstanceOf(VideoError);
    expect(restored.toJSON()).toEqual(error.toJSON());
    expect(restored.toJSON()).toEqual({ code: "settlement-failed", ...everything });
  });

  test.each(CODES)("a bare %s survives the round trip without new members", (code) => {
    const data = new VideoError(code).toJSON();
    expect(Object.keys(data)).toEqual(["code", "message", "retryable"]);
    expect(fromVideoErrorData(JSON.parse(JSON.stringify(data))).toJSON()).toEqual(data);
    expect(videoErrorData(code)).toEqual(data);
  });

  test("neither the cause nor the stack is in it, for they may hold secrets", () => {
    const cause = Object.assign(new Error("Bearer SECRET-TOKEN"), { headers: { authorization: "SECRET-TOKEN" } });
    const text = JSON.stringify({ error: new VideoError("unreachable", { cause, details: { status: 503 } }) });
    expect(text).not.toContain("SECRET-TOKEN");
    expect(text).not.toContain("errors.test");
    expect(JSON.parse(text)).toMatchObject({ error: { code: "unreachable", details: { status: 503 } } });
  });

  test("what is said of data replaces the table's words", () => {
    expect(videoErrorData("rate-limited", { message: "Later.", retryAfterMs: 5 })).toEqual({
      code: "rate-limited",
      message: "Later.",
      retryable: true,
      retryAfterMs: 5,
    });
  });
});

describe("recognising one", () => {
  test("an error of another copy of the package is recognised by its marker, where instanceof is not", async () => {
    vi.resetModules();
    const copy = await import("./errors.ts");
    expect(copy.VideoError).not.toBe(VideoError);
    const foreign: unknown = new copy.VideoError("not-found", { retryAfterMs: 7 });
    expect(foreign).not.toBeInstanceOf(VideoError);
    expect(isVideoError(foreign)).toBe(true);
    expect(copy.isVideoError(new VideoError("internal"))).toBe(true);
    expect(toVideoError(foreign)).toBe(foreign);
    expect(JSON.stringify(toVideoError(foreign))).toContain('"not-found"');
  });

  test("a subclass is one too", () => {
    class AppError extends VideoError {}
    expect(isVideoError(new AppError("internal"))).toBe(true);
  });

  test.each([
    ["a plain error", new Error("x")],
    ["an object with the same members", { name: "VideoError", code: "internal", message: "x", retryable: false }],
    ["a text", "VideoError"],
    ["nothing", undefined],
    ["null", null],
    ["a function", () => undefined],
  ])("%s is not one, and becomes an internal error with its cause", (_, value) => {
    expect(isVideoError(value)).toBe(false);
    const error = toVideoError(value);
    expect(error).toMatchObject({ code: "internal" satisfies VideoErrorCode });
    expect(error.cause).toBe(value);
  });
});
