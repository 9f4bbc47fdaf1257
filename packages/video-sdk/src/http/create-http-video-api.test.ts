// The routes as a VideoApi: what is sent is the contract, and an answer is what it says.
import { isVideoModelId, resolveVideoRequest, VIDEO_MODELS } from "@video-engine/video-models";
import { describe, expect, test, vi } from "vitest";
import { VIDEO_ERRORS, VideoError } from "../errors.ts";
import { toErrorResponse } from "../server/error-response.ts";
import { openHttp, question, request, withCancel } from "./__fixtures__/http-world.ts";
import { htmlPage, json, networkError } from "./__fixtures__/script-fetch.ts";

const URL_A = "https://videos.test/a.mp4";

describe("a submit", () => {
  test("is one POST to the generate route, with the generation's key", async () => {
    const { submit, requests } = openHttp([json({ queued: true, requestId: "job-1" })]);
    await submit();
    expect(requests).toHaveLength(1);
    expect(requests[0]).toMatchObject({ method: "POST", url: "https://app.test/api/mobile/generate-video" });
    expect(requests[0]?.headers.get("idempotency-key")).toBe("key-1");
    expect(requests[0]?.headers.get("authorization")).toBe("Bearer token");
  });

  test("sends exactly the decided request, without our own `mode` and without switches that the model does not have", async () => {
    const { submit, requests } = openHttp([json({})]);
    await submit();
    expect(await requests[0]?.json()).toEqual({
      model: "vid-veo-3.1-fast",
      prompt: "a corgi surfing",
      aspectRatio: "16:9",
      duration: 8,
      resolution: "720p",
      generateAudio: true,
    });
  });

  test("has the generation's key in the body too, where the route has promised to honour it", async () => {
    const { submit, requests } = openHttp([json({})], { isSubmitRepeatable: true });
    await submit();
    expect(requests[0]?.headers.get("idempotency-key")).toBe("key-1");
    expect(await requests[0]?.json()).toMatchObject({ model: "vid-veo-3.1-fast", idempotencyKey: "key-1" });
  });

  test("sends every attachment under the name of the contract", async () => {
    const attachments = {
      attachmentImageUrl: "https://images.test/1.png",
      attachmentImageBytes: "aGVsbG8=",
      startFrameImageUrl: "https://images.test/2.png",
      endFrameImageUrl: "https://images.test/3.png",
      klingO1Images: ["https://images.test/4.png"],
      klingO1Elements: [
        { frontalImageUrl: "https://images.test/5.png", referenceImageUrls: ["https://images.test/6.png"] },
      ],
      klingO1Video: "https://videos.test/7.mp4",
    };
    const { submit, requests } = openHttp([json({})]);
    await submit({ ...request, ...attachments });
    expect(await requests[0]?.json()).toMatchObject(attachments);
  });

  test("of every model sends no field that the contract does not list", async () => {
    const listed = [
      "model",
      "prompt",
      "aspectRatio",
      "duration",
      "resolution",
      "generateAudio",
      "cameraFixed",
      "fastMode",
      "removeWatermark",
      "attachmentImageUrl",
      "attachmentImageBytes",
      "startFrameImageUrl",
      "endFrameImageUrl",
      "klingO1Images",
      "klingO1Elements",
      "klingO1Video",
    ];
    for (const model of Object.keys(VIDEO_MODELS).filter(isVideoModelId)) {
      const frames = { startFrameImageUrl: "https://images.test/a.png", endFrameImageUrl: "https://images.test/b.png" };
      const { submit, requests } = openHttp([json({})]);
      await submit(
        resolveVideoRequest({ model, prompt: "x", attachmentImageUrl: "https://images.test/c.png", ...frames }).request,
      );
      const sent = Object.keys(Object(await requests[0]?.json()));
      expect(sent).toEqual(expect.arrayContaining(["model", "prompt"]));
      expect(sent.filter((name) => !listed.includes(name))).toEqual([]);
    }
  });

  test.each([
    [
      { queued: true, requestId: "job-1", provider: "kie" },
      { kind: "accepted", job: { requestId: "job-1", provider: "kie" } },
    ],
    [
      { success: true, videos: [{ url: URL_A }] },
      { kind: "finished", videos: [URL_A] },
    ],
    [
      { success: false, error: "Refused.", code: "content-rejected" },
      { kind: "failed", error: { code: "content-rejected", message: "Refused.", retryable: false } },
    ],
    [
      { success: true, videos: [] },
      {
        kind: "failed",
        error: { code: "result-missing", message: VIDEO_ERRORS["result-missing"].message, retryable: false },
      },
    ],
  ])("that is answered with %j is decided", async (body, value) => {
    expect(await openHttp([json(body)]).submit()).toEqual({ ok: true, value });
  });

  test("is unanswered after 60 s, and whether it ran is not known", async () => {
    const { submit, clock, requests } = openHttp(["hang"]);
    const answered = vi.fn<(attempt: unknown) => void>();
    void submit().then(answered);
    await vi.waitFor(() => expect(requests).toHaveLength(1));
    await clock.advance(59_999);
    expect(answered).not.toHaveBeenCalled();
    await clock.advance(1);
    expect(answered).toHaveBeenCalledWith({
      ok: false,
      certainty: "unknown",
      error: new VideoError("unreachable").toJSON(),
    });
    expect(clock.pending).toBe(0);
  });

  test("goes to the app's own path", async () => {
    const { submit, requests } = openHttp([json({})], { submit: "/api/fal-generate-videos" });
    await submit();
    expect(requests[0]?.url).toBe("https://app.test/api/fal-generate-videos");
  });

  test("is repeatable only where the owner said so", () => {
    expect(openHttp([]).api.isSubmitRepeatable).toBe(false);
    expect(openHttp([], { isSubmitRepeatable: true }).api.isSubmitRepeatable).toBe(true);
  });
});

describe("a question about a job", () => {
  test("is one GET with the contract's parameters", async () => {
    const { status, requests } = openHttp([json({ queued: true, status: "IN_QUEUE" })]);
    await status();
    expect(requests).toHaveLength(1);
    expect(requests[0]?.method).toBe("GET");
    expect(requests[0]?.url).toBe(
      "https://app.test/api/mobile/video-status?requestId=job-1&modelId=vid-veo-3.1-fast&provider=fal",
    );
  });

  test("names the endpoint that the route named, and no provider where it named none", async () => {
    const { api, requests } = openHttp([json({}), json({})]);
    const [model, signal] = [request.model, new AbortController().signal];
    await api.status({ job: { requestId: "job-1", endpoint: "fal-ai/veo3.1/fast" }, model }, { signal });
    await api.status({ job: { requestId: "job-1" }, model }, { signal });
    const plain = "https://app.test/api/mobile/video-status?requestId=job-1&modelId=vid-veo-3.1-fast";
    expect(requests.map(({ url }) => url)).toEqual([`${plain}&endpoint=fal-ai%2Fveo3.1%2Ffast`, plain]);
  });

  test("goes to the app's own path", async () => {
    const { status, requests } = openHttp([json({})], { status: "api/pixverse-video/status" });
    await status();
    expect(requests[0]?.url).toContain("https://app.test/api/pixverse-video/status?");
  });

  test.each([
    [{ queued: true, status: "IN_PROGRESS" }, { kind: "pending" }],
    [
      { queued: true, pollAfterMs: 4_000 },
      { kind: "pending", hintMs: 4_000 },
    ],
    [{ processing: true }, { kind: "pending" }],
    [{ anything: "else" }, { kind: "pending" }],
    [
      { success: true, videos: [URL_A] },
      { kind: "finished", videos: [URL_A] },
    ],
    [
      { success: false, error: "Failed.", code: "provider-failed" },
      { kind: "failed", error: { code: "provider-failed", message: "Failed.", retryable: false } },
    ],
  ])("that is answered with %j is answered", async (body, value) => {
    expect(await openHttp([json(body)]).status()).toEqual({ ok: true, value });
  });

  test.each([400, 401, 402, 403, 404, 408, 409, 410, 413, 418, 422, 425, 429, 500, 502, 503, 504])(
    "that is answered with %i is a missed question, never a failed job",
    async (status) => {
      for (const answer of [
        () => htmlPage(status),
        () => json({ success: false, error: "error: failed (400)" }, { status }),
      ]) {
        expect(await openHttp([answer(), answer()]).status()).toMatchObject({
          ok: false,
          error: { code: expect.any(String) },
        });
      }
    },
  );

  test.each(["not-found", "provider-unavailable", "rate-limited"] as const)(
    "keeps the route's own %s",
    async (code) => {
      expect(await openHttp([toErrorResponse(new VideoError(code))]).status()).toMatchObject({
        ok: false,
        error: { code },
      });
    },
  );

  test("that is not understood is a missed question", async () => {
    for (const answer of [htmlPage(200), json([]), json("x"), new Response(null, { status: 204 })]) {
      expect(await openHttp([answer]).status()).toMatchObject({ ok: false, error: { code: "protocol-mismatch" } });
    }
  });

  test("that the network lost is a missed question", async () => {
    expect(await openHttp([networkError()]).status()).toMatchObject({ ok: false, error: { code: "unreachable" } });
  });

  test("is unanswered after 15 s, and ends when its caller aborts", async () => {
    const first = openHttp(["hang"]);
    const answered = vi.fn<(attempt: unknown) => void>();
    void first.status().then(answered);
    await vi.waitFor(() => expect(first.requests).toHaveLength(1));
    await first.clock.advance(14_999);
    expect(answered).not.toHaveBeenCalled();
    await first.clock.advance(1);
    expect(answered).toHaveBeenCalledOnce();
    expect(first.clock.pending).toBe(0);
    const second = openHttp(["hang"]);
    const controller = new AbortController();
    const attempt = second.api.status(question, controller);
    await vi.waitFor(() => expect(second.requests).toHaveLength(1));
    controller.abort();
    expect(await attempt).toMatchObject({ ok: false, error: { code: "unreachable" } });
    expect(second.clock.pending).toBe(0);
  });
});

describe("a cancel", () => {
  test("without a route is unsupported, and nothing is sent", async () => {
    const { cancel, requests } = openHttp([json({})]);
    expect(await cancel()).toEqual({ ok: true, value: "unsupported" });
    expect(requests).toHaveLength(0);
  });

  test("is one POST that names the job", async () => {
    const { cancel, requests } = openHttp([json({ canceled: "removed" })], withCancel);
    await cancel();
    expect(requests).toHaveLength(1);
    expect(requests[0]).toMatchObject({ method: "POST", url: "https://app.test/api/mobile/cancel-video" });
    expect(await requests[0]?.json()).toEqual({ requestId: "job-1", modelId: "vid-veo-3.1-fast", provider: "fal" });
  });

  test("names no provider where the route named none", async () => {
    const { api, requests } = openHttp([json({})], withCancel);
    await api.cancel({ job: { requestId: "job-1" }, model: request.model });
    expect(await requests[0]?.json()).toEqual({ requestId: "job-1", modelId: "vid-veo-3.1-fast" });
  });

  test.each(["removed", "requested", "too-late", "unsupported"] as const)(
    "that is answered with %s says so",
    async (answer) => {
      expect(await openHttp([json({ canceled: answer })], withCancel).cancel()).toEqual({
        ok: true,
        value: answer,
      });
    },
  );

  test.each([[{ canceled: "yes" }], [{ canceled: true }], [{ success: true }], [null], ["removed"], [["removed"]]])(
    "that is answered with %j promises nothing",
    async (body) => {
      expect(await openHttp([json(body)], withCancel).cancel()).toEqual({ ok: true, value: "unsupported" });
    },
  );

  test.each([400, 404, 429, 500, 502])("that is answered with %i may have worked or not", async (status) => {
    expect(await openHttp([htmlPage(status)], withCancel).cancel()).toMatchObject({
      ok: false,
      certainty: "unknown",
    });
  });

  test("that has no answer within 15 s may have worked or not", async () => {
    const { cancel, clock, requests } = openHttp(["hang"], withCancel);
    const attempt = cancel();
    await vi.waitFor(() => expect(requests).toHaveLength(1));
    await clock.advance(15_000);
    expect(await attempt).toMatchObject({ ok: false, certainty: "unknown", error: { code: "unreachable" } });
    expect(clock.pending).toBe(0);
  });
});
