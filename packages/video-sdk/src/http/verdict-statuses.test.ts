// The statuses that an app's map of its routes calls a verdict: which answers are refusals then, and what token the confirming question has.
import { describe, expect, test } from "vitest";
import { openHttp, question } from "./__fixtures__/http-world.ts";
import { htmlPage, json } from "./__fixtures__/script-fetch.ts";
import { createHttpVideoApi } from "./create-http-video-api.ts";
import { byAddress, byInstance } from "./__fixtures__/send-world.ts";

const DEPLOYED = [400, 403, 422];
const EVERY = Array.from({ length: 200 }, (_, index) => 400 + index);
const FLAGGED = { error: "The content was flagged." };

describe("a refusal with a JSON error", () => {
  test.each(DEPLOYED)("and the status %i is told with its text", async (status) => {
    for (const body of [FLAGGED, { success: false, ...FLAGGED }, { error: { message: FLAGGED.error } }]) {
      expect(await openHttp([json(body, { status })], { verdictStatuses: DEPLOYED }).status()).toEqual({
        ok: true,
        value: { kind: "refused", status, text: FLAGGED.error },
      });
    }
  });

  test.each(DEPLOYED)("and the status %i is a missed question where no map says so", async (status) => {
    expect(await openHttp([json(FLAGGED, { status })]).status()).toMatchObject({ ok: false });
  });

  test.each([401, 408, 425, 429, 500, 502, 503, 504, 599])(
    "and the status %i is none, whatever the map says",
    async (status) => {
      const answers = [json(FLAGGED, { status }), json(FLAGGED, { status })];
      expect(await openHttp(answers, { verdictStatuses: EVERY }).status()).toMatchObject({ ok: false });
    },
  );

  test("passes on how long the route wants to wait, and cuts a long text", async () => {
    const headers = { "retry-after": "20" };
    const long = { error: "x".repeat(5_000) };
    const { status } = openHttp([json(long, { status: 422, headers })], { verdictStatuses: DEPLOYED });
    expect(await status()).toEqual({
      ok: true,
      value: { kind: "refused", status: 422, text: "x".repeat(1_000), hintMs: 20_000 },
    });
  });
});

describe("no refusal is", () => {
  test.each<[string, () => Response]>([
    ["a page", () => htmlPage(403)],
    ["an empty body", () => new Response(null, { status: 403 })],
    ["JSON without an error", () => json({ message: "Forbidden" }, { status: 403 })],
    ["an error that says nothing", () => json({ error: {} }, { status: 403 })],
    ["a blank error", () => json({ error: " " }, { status: 403 })],
    ["a list", () => json([FLAGGED], { status: 403 })],
    [
      "an answer that names a code of ours",
      () => json({ error: { code: "not-found", message: "x" } }, { status: 403 }),
    ],
  ])("%s", async (_, answer) => {
    expect(await openHttp([answer()], { verdictStatuses: DEPLOYED }).status()).toMatchObject({ ok: false });
  });
});

describe("a question that confirms a refusal", () => {
  const signal = new AbortController().signal;

  test("asks for a token that no cache has, and an ordinary one does not", async () => {
    const forced: boolean[] = [];
    const getToken = ({ isForced }: { isForced: boolean }) => {
      forced.push(isForced);
      return "token";
    };
    const { fetch, clock } = byAddress([json({}), json({})]);
    const api = createHttpVideoApi({ http: { baseUrl: "https://app.test", getToken, fetch }, clock });
    await api.status(question, { signal });
    await api.status(question, { signal, needsFreshToken: true });
    expect(forced).toEqual([false, true]);
  });

  test("goes through an app's own instance as any other, which adds a token of its own to each", async () => {
    const { send, requests } = byInstance([json({})]);
    const answer = await send("get", "api/status", { needsFreshToken: true, deadlineMs: 1_000 });
    expect(answer).toMatchObject({ kind: "answered", status: 200 });
    expect(requests).toHaveLength(1);
  });
});
