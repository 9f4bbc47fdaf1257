// How certain every answer to a paid submit is, and what its error says. A wrong guess here is a second job that the user pays for.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isVideoErrorCode, VIDEO_ERRORS, VideoError } from "../errors.ts";
import { toErrorResponse } from "../server/error-response.ts";
import { openHttp, withCancel } from "./__fixtures__/http-world.ts";
import { htmlPage, json, networkError } from "./__fixtures__/script-fetch.ts";

const UNSURE = [
  ...(["submission-unknown", "internal", "unreachable", "timed-out", "protocol-mismatch"] as const),
  "already-running",
] as const;
const CODES = Object.keys(VIDEO_ERRORS).filter(isVideoErrorCode);

describe("after a submit it is certain that no job exists", () => {
  test.each([
    [400, "invalid-request"],
    [401, "unreachable"],
    [402, "protocol-mismatch"],
    [403, "unreachable"],
    [404, "protocol-mismatch"],
    [405, "method-not-allowed"],
    [410, "protocol-mismatch"],
    [413, "too-large"],
    [415, "invalid-request"],
    [422, "invalid-request"],
    [425, "unreachable"],
    [429, "rate-limited"],
    [451, "invalid-request"],
  ] as const)("when the status is %i, with any body: %s", async (status, code) => {
    for (const answer of [
      () => htmlPage(status),
      () => json({ error: "error: failed (500)" }, { status }),
      () => json({ detail: [] }, { status }),
    ]) {
      const attempt = await openHttp([answer(), answer()]).submit();
      expect(attempt).toMatchObject({ ok: false, certainty: "not-done", error: { code } });
    }
  });

  test.each(CODES.filter((code) => !UNSURE.some((unsure) => unsure === code)))(
    "when the route names %s",
    async (code) => {
      const answer = () => toErrorResponse(new VideoError(code, { message: "Said by the route." }));
      expect(await openHttp([answer(), answer()]).submit()).toMatchObject({
        ok: false,
        certainty: "not-done",
        error: { code, message: "Said by the route.", retryable: VIDEO_ERRORS[code].retryable },
      });
    },
  );

  test("without a signed-in user: nothing was sent", async () => {
    const { submit, getToken, requests } = openHttp([json({})]);
    getToken.mockReturnValue(null);
    expect(await submit()).toEqual({
      ok: false,
      certainty: "not-done",
      error: new VideoError("not-signed-in").toJSON(),
    });
    expect(requests).toHaveLength(0);
  });
});

describe("after a submit it is not known whether a job exists", () => {
  test.each([500, 501, 502, 503, 504, 520, 524, 599])(
    "when the status is %i and the body names no code of ours",
    async (status) => {
      const bodies = [
        { error: "The upstream failed." },
        { error: { code: "FUNCTION_INVOCATION_TIMEOUT", message: "Timed out." } },
        { error: { code: String(status) } },
        { message: "Endpoint request timed out" },
        { success: false, error: "error" },
        null,
        [],
      ];
      for (const answer of [
        htmlPage(status),
        new Response(null, { status }),
        ...bodies.map((body) => json(body, { status })),
      ]) {
        const { submit, requests } = openHttp([answer]);
        expect(await submit()).toMatchObject({ ok: false, certainty: "unknown", error: { code: "unreachable" } });
        expect(requests).toHaveLength(1);
      }
    },
  );

  test.each([
    [408, "unreachable"],
    [409, "protocol-mismatch"],
    [499, "unreachable"],
  ] as const)("when the status is %i: the route may have had the request", async (status, code) => {
    expect(await openHttp([htmlPage(status)]).submit()).toMatchObject({
      ok: false,
      certainty: "unknown",
      error: { code },
    });
  });

  test.each(UNSURE)("when the route itself says %s", async (code) => {
    const said = { ok: false, certainty: "unknown", error: { code } };
    expect(await openHttp([toErrorResponse(new VideoError(code))]).submit()).toMatchObject(said);
    expect(await openHttp([json({ success: false, error: "?", code })]).submit()).toMatchObject(said);
  });

  test("when the network failed", async () => {
    const { submit, requests } = openHttp([networkError(), json({ queued: true, requestId: "job-1" })]);
    expect(await submit()).toMatchObject({ ok: false, certainty: "unknown", error: { code: "unreachable" } });
    expect(requests).toHaveLength(1);
  });

  test.each([
    ["a page in HTML", () => htmlPage(200)],
    ["nothing", () => new Response(null, { status: 204 })],
    ["a list", () => json([])],
    ["a text", () => json("ok")],
    ["queued without an id", () => json({ queued: true })],
    ["fields of other types", () => json({ success: "true", queued: 1, requestId: [7] })],
  ])("when it is answered with %s and a good status", async (_, answer) => {
    expect(await openHttp([answer()]).submit()).toEqual({
      ok: false,
      certainty: "unknown",
      error: new VideoError("protocol-mismatch").toJSON(),
    });
  });
});

describe("an error", () => {
  test("carries the wait that was asked for: the header first, then the body", async () => {
    const said = { error: { code: "rate-limited", message: "Busy.", retryAfterMs: 7_000 } };
    const busy = (headers: Record<string, string>) => json(said, { status: 429, headers });
    expect(await openHttp([busy({ "retry-after": "3" })]).submit()).toMatchObject({ error: { retryAfterMs: 3_000 } });
    expect(await openHttp([busy({ "retry-after": "soon" })]).submit()).toMatchObject({
      error: { retryAfterMs: 7_000 },
    });
    expect(await openHttp([busy({})]).status()).toMatchObject({ error: { retryAfterMs: 7_000 } });
    const bare = await openHttp([htmlPage(429)]).submit();
    expect(bare).toMatchObject({ error: { code: "rate-limited" } });
    expect(bare).not.toHaveProperty("error.retryAfterMs");
  });

  test("by date counts from the engine's own clock", async () => {
    const { status, clock } = openHttp([
      json(
        {},
        {
          status: 503,
          headers: { "retry-after": "Thu, 01 Jan 2026 00:00:30 GMT", date: "Thu, 01 Jan 2026 00:00:00 GMT" },
        },
      ),
    ]);
    expect(clock.now()).toBe(Date.UTC(2026, 0, 1));
    expect(await status()).toMatchObject({ error: { retryAfterMs: 30_000 } });
  });

  test("says it is final where the route says so, but only together with a code of ours", async () => {
    const final = { code: "provider-unavailable", message: "No balance.", retryable: false };
    expect(await openHttp([json({ error: final }, { status: 503 })]).submit()).toMatchObject({
      error: { retryable: false },
    });
    const theirs = { code: "E1", message: "x", retryable: false };
    expect(await openHttp([json({ error: theirs }, { status: 503 })]).submit()).toMatchObject({
      error: { retryable: true },
    });
  });

  test("does not carry a gateway's page", async () => {
    const attempt = await openHttp([htmlPage(502)]).submit();
    expect(JSON.stringify(attempt)).not.toContain("upstream");
    expect(attempt).toMatchObject({ error: { message: VIDEO_ERRORS.unreachable.message } });
  });
});

describe("whatever is answered", () => {
  const named = fc.constantFrom<string>(...CODES, "E1", "FUNCTION_INVOCATION_TIMEOUT");
  const error = fc.record({ success: fc.boolean(), error: fc.record({ code: named, message: fc.string() }) });
  const body = fc.oneof(
    fc.json(),
    fc.string(),
    error.map((value) => JSON.stringify(value)),
  );
  const status = fc.integer({ min: 200, max: 599 }).filter((value) => ![204, 205, 304].includes(value));
  const runs = { numRuns: 300, seed: 1 };

  test("no method throws, and each request goes out once, or twice after a 401", async () => {
    const run = async (code: number, text: string) => {
      const answers = () => [new Response(text, { status: code }), new Response(text, { status: code }), json({})];
      for (const method of ["submit", "status", "cancel"] as const) {
        const target = openHttp(answers(), withCancel);
        await target[method]();
        expect(target.requests).toHaveLength(code === 401 ? 2 : 1);
        expect(target.clock.pending).toBe(0);
      }
    };
    await fc.assert(fc.asyncProperty(status, body, run), runs);
  });

  test("above 499 a submit is certain only where the body names one of our codes, and a question is never a verdict", async () => {
    const run = async (code: number, text: string) => {
      const submitted = await openHttp([new Response(text, { status: code })]).submit();
      const isCertain = submitted.ok || submitted.certainty === "not-done";
      expect(isCertain && !CODES.some((known) => text.includes(`"${known}"`))).toBe(false);
      expect(await openHttp([new Response(text, { status: code })]).status()).toMatchObject({ ok: false });
    };
    await fc.assert(fc.asyncProperty(fc.integer({ min: 500, max: 599 }), body, run), runs);
  });
});
