// No cause is swallowed: where a throw becomes plain data, the developer's error stays with it.
import {
  checkVideoRequest,
  getVideoModel,
  parseVideoRequest,
  resolveVideoRequest,
  type VideoModelId,
} from "@video-engine/video-models";
import { toProviderJob } from "@video-engine/video-models/providers";
import { describe, expect, test } from "vitest";
import { localPng } from "./attachments/__fixtures__/local-files.ts";
import { putWithin } from "./attachments/put-within.ts";
import { classifyConvexError } from "./convex/classify-convex-error.ts";
import { createPerformEffect } from "./engine/perform-effect.ts";
import { queueAcquisitions } from "./engine/queue-acquisitions.ts";
import { toVideoError } from "./errors.ts";
import { createFakeLedger } from "./testing/fake-ledger.ts";
import { createFakeVideoApi } from "./testing/fake-video-api.ts";
import { createTestClock } from "./testing/test-clock.ts";
import { causeText, thrownErrorData } from "./thrown-error.ts";

const never = "never-was" as VideoModelId; // wrong on purpose

/** What a function throws. */
function thrownBy(run: () => unknown): unknown {
  try {
    run();
  } catch (thrown) {
    return thrown;
  }
  throw new Error("It threw nothing.");
}

describe("an error of video-models keeps its code, its sentence and its members", () => {
  test.each([
    ["a request that is not valid", () => parseVideoRequest({ model: "vid-veo-3.1", prompt: "" }), "invalid-request"],
    ["a request for no model", () => parseVideoRequest({ model: never, prompt: "a corgi" }), "unknown-model"],
    ["a model that does not exist", () => getVideoModel(never), "unknown-model"],
    ["a request with bytes", () => toProviderJob({ ...resolved(), attachmentImageBytes: "aGk=" }), "invalid-request"],
    [
      "a request that a provider cannot serve",
      () => toProviderJob(resolved(), { provider: "wavespeed" }),
      "invalid-request",
    ],
  ] as const)("%s", (_, run, code) => {
    const thrown = thrownBy(run);
    const error = toVideoError(thrown);
    expect(error).toMatchObject({ code, message: Object(thrown).message, cause: thrown });
    expect(error.retryable).toBe(false);
    // The members of the error, as they are.
    const { name: _name, code: _code, ...members } = { ...Object(thrown) };
    expect(error.details).toEqual(members);
  });

  test("with every issue of a request", () => {
    const check = checkVideoRequest({ model: "vid-veo-3.1", prompt: "" });
    const error = toVideoError(thrownBy(() => parseVideoRequest({ model: "vid-veo-3.1", prompt: "" })));
    expect(error.details).toEqual({ issues: check.ok ? [] : check.issues });
  });

  test("of another copy of the package too, while an error that only has such a name is read without harm", () => {
    const foreign = Object.assign(new Error("x: y"), { name: "VideoRequestError", code: "unknown-model", issues: [] });
    expect(toVideoError(foreign)).toMatchObject({ code: "unknown-model", details: { issues: [] } });
    const odd = Object.assign(new Error("x"), { name: "VideoRequestError", code: "toString" });
    expect(toVideoError(odd)).toMatchObject({ code: "invalid-request" });
    const unreadable = Object.defineProperty(new Error("x"), "name", {
      get: () => {
        throw new Error("do not read me");
      },
    });
    expect(toVideoError(unreadable)).toMatchObject({ code: "internal", cause: unreadable });
  });
});

describe("a throw that becomes plain data carries its text", () => {
  test("of a port that breaks its contract", async () => {
    const clock = createTestClock();
    const api = createFakeVideoApi({ clock });
    api.status = () => Promise.reject(new TypeError("status is no function"));
    const ledger = queueAcquisitions(createFakeLedger());
    const files = { upload: () => Promise.reject(new Error("no uploads here")) };
    const perform = createPerformEffect({ api, ledger, files });
    const options = { signal: new AbortController().signal, onProgress: () => undefined };
    const question = { type: "check-status", attempt: 1, job: { requestId: "job-1" }, model: "vid-veo-3.1" } as const;
    expect(await perform(question, options)).toMatchObject({
      error: { code: "internal", details: { reason: "TypeError: status is no function" } },
    });
  });

  test("of a function that sends files", async () => {
    const put = () => Promise.reject(new Error("the disk is gone"));
    const task = {
      put,
      uploadUrl: "https://s3.test/1",
      file: localPng(),
      clock: createTestClock(),
      onProgress: () => undefined,
    };
    expect(await putWithin({ ...task, signal: new AbortController().signal })).toMatchObject({
      code: "unreachable",
      details: { reason: "Error: the disk is gone" },
    });
  });

  test.each([false, true])("of a Convex client (socket: %s), without the arguments that Convex repeats", (isSocket) => {
    const thrown = new Error(
      'ArgumentValidationError: Object contains extra field `x`.\n\nObject: {prompt: "a corgi"}\nValidator: v.object({})',
    );
    const { error } = classifyConvexError(thrown, isSocket);
    expect(error.details).toEqual({ reason: "Error: ArgumentValidationError: Object contains extra field `x`." });
    const lost = classifyConvexError(new TypeError("fetch failed"), isSocket);
    expect(lost.error.details).toEqual({ reason: "TypeError: fetch failed" });
  });
});

describe("the text", () => {
  test("has no address and no token, and is short", () => {
    expect(causeText(new Error("GET https://app.test/x?token=1 with Bearer abc failed"))).toBe(
      "Error: GET <address> with Bearer <token> failed",
    );
    expect(causeText("x".repeat(5_000))).toHaveLength(200);
  });

  test("is not asked of an error of ours", () => {
    const error = toVideoError(thrownBy(() => getVideoModel(never)));
    expect(thrownErrorData(error)).toEqual(error.toJSON());
  });
});

function resolved() {
  return resolveVideoRequest({ model: "vid-veo-3.1", prompt: "a corgi" }).request;
}
