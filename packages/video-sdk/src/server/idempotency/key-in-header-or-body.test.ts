// The key of a submit travels in the header and in the body, because a proxy may drop the header; where neither arrives, nothing is paid.
import { parseVideoRequest, resolveVideoRequest } from "@video-engine/video-models";
import { describe, expect, test } from "vitest";
import { createHttpVideoApi } from "../../http/create-http-video-api.ts";
import { createRoutesWorld, GOOD, KEY } from "../__fixtures__/routes-world.ts";
import type { VideoRoutesOptions } from "../create-video-routes.ts";

const OTHER = "generation-0002";
const inBody = (idempotencyKey: unknown) => ({ ...GOOD, idempotencyKey });

describe("a submit's key", () => {
  test.each([
    ["in the header", GOOD, KEY],
    ["in the body", inBody(KEY), undefined],
    ["in both", inBody(KEY), KEY],
  ])("%s names the same submit as in any other place", async (_, body, key) => {
    const { generate, fal } = createRoutesWorld();
    const first = await generate(body, key === undefined ? {} : { key });
    expect(first.status).toBe(200);
    for (const again of [await generate(GOOD, { key: KEY }), await generate(inBody(KEY))]) {
      expect(again.body).toEqual(first.body);
    }
    expect(fal.jobs).toHaveLength(1);
  });

  test("that differs between the two is refused before anything is paid", async () => {
    const { generate, fal } = createRoutesWorld();
    const { status, body } = await generate(inBody(OTHER), { key: KEY });
    expect([status, body.error.code]).toEqual([400, "invalid-request"]);
    expect(body.error.message).toContain("different keys");
    expect(fal.calls).toEqual([]);
  });

  test.each([null, "", "short", 12_345_678, true, ["generation-0001"], {}, "two words here", "x".repeat(256)])(
    "%j in the body is refused, with a good one in the header too",
    async (key) => {
      const { generate, fal } = createRoutesWorld();
      for (const caller of [{}, { key: KEY }]) expect((await generate(inBody(key), caller)).status).toBe(400);
      expect(fal.calls).toEqual([]);
    },
  );

  test("is no field that a provider gets", async () => {
    const { generate, fal } = createRoutesWorld();
    await generate(inBody(KEY));
    expect(JSON.stringify(fal.jobs[0]?.input)).not.toContain(KEY);
  });
});

describe("a submit without a key", () => {
  test.each([
    ["requireIdempotencyKey", { requireIdempotencyKey: true }],
    ["verifyReservation", { verifyReservation: () => true }],
    ["verifyReservation, whatever else is said,", { verifyReservation: () => true, requireIdempotencyKey: false }],
  ] satisfies [string, Partial<VideoRoutesOptions>][])(
    "is refused with %s, before anything is paid",
    async (_, options) => {
      const { generate, fal } = createRoutesWorld(options);
      const { status, body } = await generate(GOOD);
      expect([status, body.error.code, body.error.retryable]).toEqual([400, "invalid-request", false]);
      expect(body.error.details.issues).toMatchObject([{ path: "idempotency-key" }]);
      expect(body.error.message).toContain("idempotencyKey");
      expect(fal.calls).toEqual([]);
    },
  );

  test("is sent without either", async () => {
    expect((await createRoutesWorld().generate(GOOD)).status).toBe(200);
  });
});

describe("behind a proxy that drops Idempotency-Key and loses the first answer", () => {
  const { request } = resolveVideoRequest(parseVideoRequest(GOOD));

  function connect(options: Partial<VideoRoutesOptions>, isSubmitRepeatable: boolean) {
    const world = createRoutesWorld(options);
    let isLost = false;
    const fetch = async (input: RequestInfo | URL, init?: RequestInit): Promise<Response> => {
      const sent = new Request(input, init);
      sent.headers.delete("idempotency-key");
      const answer = await world.routes.generateVideo(sent);
      if (isLost) return answer;
      isLost = true;
      throw new TypeError("Network request failed");
    };
    const http = { baseUrl: "https://app.example", getToken: () => "u1", fetch };
    return { ...world, api: createHttpVideoApi({ http, clock: world.clock, routes: { isSubmitRepeatable } }) };
  }

  test("a client that repeats gets the first job, and there is one", async () => {
    const { api, fal } = connect({}, true);
    expect(await api.submit(request, { key: KEY })).toMatchObject({ ok: false, certainty: "unknown" });
    expect(await api.submit(request, { key: KEY })).toMatchObject({ ok: true, value: { kind: "accepted" } });
    expect(fal.jobs).toHaveLength(1);
  });

  test("a client that sends the key in the header alone is refused for certain, and there is no job", async () => {
    const { api, fal } = connect({ requireIdempotencyKey: true }, false);
    await api.submit(request, { key: KEY });
    const refused = await api.submit(request, { key: KEY });
    expect(refused).toMatchObject({ ok: false, certainty: "not-done", error: { code: "invalid-request" } });
    expect(fal.jobs).toHaveLength(0);
  });
});
