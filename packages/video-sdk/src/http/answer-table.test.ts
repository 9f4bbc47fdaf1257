// A bare status is not our verdict: anything between the app and its routes can send it.
import { describe, expect, test } from "vitest";
import { createFirstFrameFinder } from "../after-success/create-first-frame-finder.ts";
import { localPng } from "../attachments/__fixtures__/local-files.ts";
import { createFileUploader } from "../attachments/create-file-uploader.ts";
import { VIDEO_ERRORS, type VideoErrorCode } from "../errors.ts";
import type { CallResult } from "../ports.ts";
import { createTestClock } from "../testing/test-clock.ts";
import { question, request } from "./__fixtures__/http-world.ts";
import { json, scriptFetch } from "./__fixtures__/script-fetch.ts";
import { BARE_STATUSES, bareStatusOf } from "./answer-table.ts";
import { createHttpVideoApi } from "./create-http-video-api.ts";
import type { HttpAddress } from "./send.ts";

const clock = createTestClock();
const { signal } = new AbortController();

/** The codes that say something about the request, the way to the route or the rate, and nothing about a job, a user or credits. */
const NEUTRAL: readonly VideoErrorCode[] = [
  "invalid-request",
  "method-not-allowed",
  "protocol-mismatch",
  "rate-limited",
  "too-large",
  "unreachable",
];

const STATUSES = [
  400, 401, 402, 403, 404, 405, 406, 407, 408, 409, 410, 411, 412, 413, 415, 418, 421, 422, 423, 425,
].concat([
  426, 428, 429, 431, 444, 451, 460, 494, 499, 500, 501, 502, 503, 504, 508, 511, 520, 522, 524, 530, 598, 599,
]);

/** Bodies that name no code of ours in the shape of our routes, though some come near. */
const BODIES: readonly (readonly [string, string])[] = [
  ["nothing", ""],
  ["a page", "<!doctype html><h1>404: This page could not be found.</h1>"],
  ["a host's error", '{"error":{"code":"404","message":"The page could not be found."}}'],
  ["a host's word for it", '{"error":{"code":"NOT_FOUND","message":"Not found"}}'],
  ["our word, as a text", '{"error":"not-found"}'],
  ["our word, beside the error", '{"error":"Not found","code":"not-found"}'],
  ["our word, without an error", '{"code":"not-signed-in","message":"Sign in"}'],
  ["our word, nested", '{"error":{"error":{"code":"insufficient-credits"}}}'],
  ["our word, in a list", '[{"error":{"code":"model-retired"}}]'],
  ["a word that objects inherit", '{"error":{"code":"toString"}}'],
  ["a problem document", '{"type":"about:blank","title":"Not Found","status":404}'],
];

/** Each route, as one call. */
const ROUTES: Readonly<Record<string, (http: HttpAddress) => Promise<CallResult<unknown>>>> = {
  submit: (http) => createHttpVideoApi({ http, clock }).submit(request, { key: "key-1" }),
  status: (http) => createHttpVideoApi({ http, clock }).status(question, { signal }),
  cancel: (http) => createHttpVideoApi({ http, clock, routes: { cancel: "cancel" } }).cancel(question),
  presign: (http) =>
    createFileUploader({ http, clock, put: () => Promise.reject(new Error("Nothing may be put.")) }).upload(
      localPng(),
      {
        signal,
        onProgress: () => undefined,
      },
    ),
  "first frame": (http) => createFirstFrameFinder({ http, clock })("https://v3.fal.media/a.mp4", signal),
};

async function codeOf(call: (http: HttpAddress) => Promise<CallResult<unknown>>, answer: () => Response) {
  const { fetch } = scriptFetch(answer(), answer());
  const result = await call({ baseUrl: "https://app.test", getToken: () => "token", fetch });
  return result.ok ? "no error" : result.error.code;
}

describe.each(Object.keys(ROUTES))("a bare status of the %s route", (name) => {
  const call = ROUTES[name] ?? expect.fail(`There is no route ${name}.`);
  // Whether a deployment makes pictures is said by a status as well, and is no verdict about a job, a user or credits.
  const neutral = name === "first frame" ? [...NEUTRAL, "not-configured"] : NEUTRAL;

  test.each(BODIES)("with %s is no verdict about the job, the user or the credits", async (_, text) => {
    for (const status of STATUSES) {
      const code = await codeOf(call, () => new Response(text, { status }));
      expect(neutral, `${status}`).toContain(code);
    }
  });

  test("becomes one where the body names a code of ours in the shape of our routes", async () => {
    for (const code of ["not-found", "not-signed-in", "insufficient-credits", "model-retired"] as const) {
      expect(await codeOf(call, () => json({ error: { code } }, { status: 418 }))).toBe(code);
    }
  });
});

describe("the table of bare statuses", () => {
  test("has no code that is a verdict about a job, a user or credits", () => {
    for (const { code } of Object.values(BARE_STATUSES)) expect(NEUTRAL).toContain(code);
  });

  test("calls a submit undone only below 500, where nothing that waits for the route gives up", () => {
    for (let status = 400; status < 600; status += 1) {
      const { submit } = bareStatusOf(status);
      expect([status, submit]).toEqual([status, submit === "not-done" && status < 500 ? "not-done" : "unknown"]);
    }
    for (const status of [408, 409, 499, 500, 504]) expect(bareStatusOf(status).submit).toBe("unknown");
  });

  test("is retryable where the next try may be let through", () => {
    const retryable = (status: number) => VIDEO_ERRORS[bareStatusOf(status).code].retryable;
    for (const status of [401, 403, 408, 425, 429, 500, 503]) expect(retryable(status)).toBe(true);
    for (const status of [400, 402, 404, 410, 413, 422]) expect(retryable(status)).toBe(false);
  });
});
