// One answer of a route is one error, whichever adapter reads it: the three routes of a job, the presign route, the first-frame route.
import { describe, expect, test } from "vitest";
import { createFirstFrameFinder } from "../after-success/create-first-frame-finder.ts";
import { localPng } from "../attachments/__fixtures__/local-files.ts";
import { createFileUploader } from "../attachments/create-file-uploader.ts";
import { VIDEO_ERRORS, videoErrorData, type VideoErrorCode, type VideoErrorData } from "../errors.ts";
import type { CallResult } from "../ports.ts";
import { createTestClock } from "../testing/test-clock.ts";
import { question, request } from "./__fixtures__/http-world.ts";
import { htmlPage, json, networkError, scriptFetch, type ScriptedAnswer } from "./__fixtures__/script-fetch.ts";
import { createHttpVideoApi } from "./create-http-video-api.ts";
import { readRouteError } from "./read-route-error.ts";
import type { HttpAddress } from "./send.ts";

const clock = createTestClock();
const { signal } = new AbortController();

/** Each caller of a route, as one call over an app's HTTP address. */
const CALLERS: Readonly<Record<string, (http: HttpAddress) => Promise<CallResult<unknown>>>> = {
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

/** What each caller makes of the same answer. Two answers are laid out, because a 401 is asked about again. */
async function errorsOf(answer: () => ScriptedAnswer, token: string | null = "token"): Promise<unknown> {
  const errors = Object.entries(CALLERS).map(async ([name, call]) => {
    const { fetch } = scriptFetch(answer(), answer());
    const result = await call({ baseUrl: "https://app.test", getToken: () => token, fetch });
    return [name, result.ok ? "no error" : result.error] as const;
  });
  return Object.fromEntries(await Promise.all(errors));
}

/** The same error for each caller. */
function forAll(error: VideoErrorData): Record<string, VideoErrorData> {
  return Object.fromEntries(Object.keys(CALLERS).map((name) => [name, error]));
}

/** The error of a status whose body names no code of ours: the developer is told the status. */
const bare = (code: VideoErrorCode, status: number, said: object = {}): VideoErrorData =>
  videoErrorData(code, { ...said, details: { status } });

const later = { headers: { "retry-after": "7" } };

// The first-frame route turns 404, 405, 501 and `not-configured` into a verdict of its own, which its own tests hold.
const TABLE: readonly (readonly [string, () => ScriptedAnswer, VideoErrorData])[] = [
  ["a broken network", networkError, videoErrorData("unreachable", { details: { reason: "TypeError: fetch failed" } })],
  ["a gateway's page", () => htmlPage(502), bare("unreachable", 502)],
  ["a page that a firewall shows", () => htmlPage(403), bare("unreachable", 403)],
  ["401 twice", () => json({}, { status: 401 }), bare("unreachable", 401)],
  ["a bare 429", () => json({}, { status: 429 }), bare("rate-limited", 429)],
  [
    "429 with the header",
    () => json({}, { status: 429, ...later }),
    bare("rate-limited", 429, { retryAfterMs: 7_000 }),
  ],
  [
    "429 with both, of which the header counts",
    () => json({ error: { code: "rate-limited", retryAfterMs: 900 } }, { status: 429, ...later }),
    videoErrorData("rate-limited", { retryAfterMs: 7_000 }),
  ],
  [
    "a wait in the body",
    () => json({ error: { code: "rate-limited", retryAfterMs: 900 } }, { status: 429 }),
    videoErrorData("rate-limited", { retryAfterMs: 900 }),
  ],
  [
    "a code of ours, whose status says something else",
    () => json({ error: { code: "content-rejected" } }, { status: 500 }),
    videoErrorData("content-rejected"),
  ],
  [
    "a sentence of the route's own",
    () => json({ error: { code: "too-large", message: "At most 5 MB." } }, { status: 413 }),
    videoErrorData("too-large", { message: "At most 5 MB." }),
  ],
  [
    "a route that says to try again, where the table does not",
    () => json({ error: { code: "internal", retryable: true } }, { status: 500 }),
    videoErrorData("internal", { retryable: true }),
  ],
  [
    "a route that says not to try again, where the table does",
    () => json({ error: { code: "provider-unavailable", retryable: false } }, { status: 503 }),
    videoErrorData("provider-unavailable", { retryable: false }),
  ],
  [
    "a body without a code of ours, which does not overrule the table",
    () => json({ error: { code: "E42", message: "Busy.", retryable: false } }, { status: 503 }),
    bare("unreachable", 503, { message: "Busy." }),
  ],
  [
    "an older route's plain text",
    () => json({ success: false, error: "error: failed (400)" }, { status: 500 }),
    bare("unreachable", 500, { message: "error: failed (400)" }),
  ],
];

describe("every caller of a route reads the same error out of", () => {
  test.each(TABLE)("%s", async (_, answer, error) => {
    expect(await errorsOf(answer)).toEqual(forAll(error));
  });

  test("no answer, because no user is signed in", async () => {
    expect(await errorsOf(() => json({}), null)).toEqual(forAll(videoErrorData("not-signed-in")));
  });
});

describe("a status without a code of ours", () => {
  const codeOf = (status: number) =>
    readRouteError({ kind: "answered", status, body: undefined, retryAfterMs: undefined }).code;

  test.each([
    [400, "invalid-request"],
    [401, "unreachable"],
    [402, "protocol-mismatch"],
    [403, "unreachable"],
    [404, "protocol-mismatch"],
    [405, "method-not-allowed"],
    [408, "unreachable"],
    [409, "protocol-mismatch"],
    [410, "protocol-mismatch"],
    [413, "too-large"],
    [415, "invalid-request"],
    [422, "invalid-request"],
    [425, "unreachable"],
    [429, "rate-limited"],
    [499, "unreachable"],
  ] as const)("%i is %s", (status, code) => {
    expect(codeOf(status)).toBe(code);
  });

  test.each([406, 418, 431, 451])("%i, which no route of ours uses, is a bad request", (status) => {
    expect(codeOf(status)).toBe("invalid-request");
  });

  test.each([500, 501, 502, 503, 504, 520, 521, 524, 530, 599, 600])(
    "%i is a server that cannot be reached",
    (status) => {
      expect(codeOf(status)).toBe("unreachable");
    },
  );

  test("is retryable where it may pass by itself, and not where the user must change something", () => {
    for (const status of [408, 425, 429, 500, 502, 503, 504]) expect(VIDEO_ERRORS[codeOf(status)].retryable).toBe(true);
    for (const status of [400, 402, 404, 405, 410, 413, 422])
      expect(VIDEO_ERRORS[codeOf(status)].retryable).toBe(false);
  });
});
