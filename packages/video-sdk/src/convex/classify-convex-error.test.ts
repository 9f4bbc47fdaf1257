// Whether a rejected mutation ran. Certain only where Convex says so; everything else is unknown.
import { createRequire } from "node:module";
import { ConvexError } from "convex/values";
import { describe, expect, test } from "vitest";
import { VIDEO_ERRORS } from "../errors.ts";
import { classifyConvexError } from "./classify-convex-error.ts";

const throwing = (): never => {
  throw new Error("Do not look at me.");
};
const UNKNOWN = { ok: false, certainty: "unknown", error: { code: "unreachable" } };
const REFUSED = {
  ok: false,
  certainty: "not-done",
  error: { code: "settlement-failed", message: "The backend refused the call." },
};

// The CommonJS build of convex is a second copy of the same package.
const other: { ConvexError: typeof ConvexError } = createRequire(import.meta.url)("convex/values");

describe.each([
  ["over HTTP", false],
  ["over a socket", true],
])("a ConvexError %s", (_, isSocket) => {
  test("certainly changed nothing, whichever copy of convex made it", () => {
    expect(other.ConvexError).not.toBe(ConvexError);
    for (const Thrown of [ConvexError, other.ConvexError]) {
      expect(
        classifyConvexError(new Thrown({ code: "insufficient-credits", message: "You have 12." }), isSocket),
      ).toEqual({
        ok: false,
        certainty: "not-done",
        error: {
          code: "insufficient-credits",
          message: "You have 12.",
          retryable: false,
          details: { reason: `ConvexError: {"code":"insufficient-credits","message":"You have 12."}` },
        },
      });
    }
  });

  test.each([
    ["a text", "The plan has ended.", { code: "settlement-failed", message: "The plan has ended." }],
    [
      "a code of ours",
      { code: "rate-limited" },
      { code: "rate-limited", message: VIDEO_ERRORS["rate-limited"].message },
    ],
    ["unauthenticated", { code: "unauthenticated" }, { code: "not-signed-in" }],
    [
      "a code of theirs",
      { code: "no_plan", message: "Choose a plan." },
      { code: "settlement-failed", message: "Choose a plan." },
    ],
    [
      "a message of another type",
      { code: 5, message: 5 },
      { code: "settlement-failed", message: VIDEO_ERRORS["settlement-failed"].message },
    ],
    ["nothing", {}, { code: "settlement-failed" }],
    ["null", null, { code: "settlement-failed" }],
    ["a number", 7, { code: "settlement-failed" }],
    ["a list", ["rate-limited"], { code: "settlement-failed" }],
  ])("with %s as its data says what it can", (_name, data, error) => {
    expect(classifyConvexError(new ConvexError(data), isSocket)).toMatchObject({ certainty: "not-done", error });
  });
});

describe("over a socket", () => {
  test.each([
    new Error("[Request ID: 1a2b] Server Error"),
    new Error("ConvexReactClient has already been closed."),
    new Error("anything"),
    "a text",
    undefined,
    null,
  ])("a rejection by %s is the server's own, or the call was never sent: nothing was changed", (thrown) => {
    expect(classifyConvexError(thrown, true)).toMatchObject(REFUSED);
  });
});

describe("over HTTP", () => {
  test.each([
    "[Request ID: 1a2b3c4d] Server Error",
    "[Request ID: 1a2b3c4d] Server Error\nUncaught Error: no user\n    at handler (../convex/users.ts:12:3)",
    "Uncaught Error: no user",
    "ArgumentValidationError: Object contains extra field `operationId`",
    "Could not find public function for 'users:reserveCredits'",
  ])("a function that threw was rolled back: %s", (message) => {
    expect(classifyConvexError(new Error(message), false)).toMatchObject(REFUSED);
  });

  test("a function that is not there is said with what writes it", () => {
    const thrown = new Error("Could not find public function for 'users:reserveCredits'. Did you forget to deploy?");
    for (const isSocket of [true, false])
      expect(classifyConvexError(thrown, isSocket).error.details).toMatchObject({
        reason: expect.stringMatching(/for 'users:reserveCredits'.*`npx @video-engine\/cli init` writes it/) as unknown,
      });
  });

  test.each([
    "OptimisticConcurrencyControlFailure",
    "ExpiredInQueue",
    "WorkerOverloaded",
    "IsolateNotClean",
    "InitialPermitTimeoutError",
    "ExecuteFullError",
  ])("the server's %s committed nothing, and may pass", (code) => {
    const thrown = new Error(JSON.stringify({ code, message: "Try again later." }));
    expect(classifyConvexError(thrown, false)).toMatchObject({
      certainty: "not-done",
      error: { code: "unreachable", retryable: true },
    });
  });

  test.each(["InvalidAuthHeader", "IdTokenExpired", "NoAuthProvider", "Unauthenticated"])(
    "the server's %s came before the function: not signed in",
    (code) => {
      const thrown = new Error(JSON.stringify({ code, message: "Could not verify token lock" }));
      expect(classifyConvexError(thrown, false)).toMatchObject({
        certainty: "not-done",
        error: { code: "not-signed-in" },
      });
    },
  );

  test.each([
    ["a lost connection", new TypeError("fetch failed")],
    ["a lost connection on another runtime", new Error("Network request failed")],
    ["a gateway's page", new Error("<html><h1>502 Bad Gateway</h1> Uncaught [Request ID: 1]</html>")],
    ["a page instead of JSON", new SyntaxError(`Unexpected token '<', "<html>" is not valid JSON`)],
    [
      "the server's internal error",
      new Error(JSON.stringify({ code: "InternalServerError", message: "Try again later." })),
    ],
    ["an overload that is no promise", new Error(JSON.stringify({ code: "ServiceUnavailable", message: "x" }))],
    ["a code that every object has", new Error(JSON.stringify({ code: "toString" }))],
    ["a code of another type", new Error(JSON.stringify({ code: 503 }))],
    ["JSON that is no object", new Error("503")],
    ["JSON that is null", new Error("null")],
    ["an answer that is no answer", new Error(`Invalid response: {"status":"maybe"}`)],
    ["an abort", Object.assign(new Error("This operation was aborted"), { name: "AbortError" })],
    ["an empty text", new Error("")],
    ["a text that is no error", "[Request ID: 1a2b] Server Error"],
    ["nothing", undefined],
    ["an object with data but no marker", { data: { code: "rate-limited" } }],
    ["an error whose message throws", Object.defineProperty(new Error("x"), "message", { get: throwing })],
    ["a proxy whose traps throw", new Proxy({}, { get: throwing, has: throwing, getPrototypeOf: throwing })],
    ["an object with the marker but no data", { [Symbol.for("ConvexError")]: true }],
  ])("%s may hide a mutation that ran", (_, thrown) => {
    expect(classifyConvexError(thrown, false)).toMatchObject(UNKNOWN);
  });
});
