// POST generate-video: what is refused, what is sent, and what is answered when the provider, the clock or the app does not play along.
import { createPricing, DEFAULT_PRICE_TABLE, parseVideoRequest, quoteVideo } from "@video-engine/video-models";
import { describe, expect, test, vi } from "vitest";
import { VideoError } from "../errors.ts";
import { createRoutesWorld, GOOD, KEY, MODEL, SECRET } from "./__fixtures__/routes-world.ts";
import type { VerifyReservation } from "./check-reservation.ts";
import { falProvider } from "./providers/fal-provider.ts";
import { kieProvider } from "./providers/kie-provider.ts";
import type { ProviderSubmission, VideoProvider } from "./providers/provider.ts";

const PNG = btoa("\x89PNG\r\n\x1a\nrest");
const JOB_ID = "00000000-0000-4000-8000-000000000001";

describe("a submit", () => {
  test("goes to the preferred provider, and is answered with a request id of ours", async () => {
    const { generate, fal, events, clock } = createRoutesWorld();
    const { status, body } = await generate(GOOD, { key: KEY });
    expect(status).toBe(200);
    const requestId = expect.stringMatching(/^v1\.[\w-]+\.[\w-]{43}$/);
    expect(body).toEqual({ queued: true, requestId, modelId: MODEL, provider: "fal", canWait: true });
    expect(body.requestId.length).toBeLessThan(1000);
    expect(body.requestId).not.toContain(JOB_ID);
    expect(fal.jobs).toMatchObject([{ endpoint: "fal-ai/veo3.1/fast", input: { prompt: "a corgi surfing" } }]);
    const names = {
      at: clock.now(),
      userId: "u1",
      modelId: MODEL,
      provider: "fal",
      key: KEY,
      credits: expect.any(Number),
    };
    expect(events).toEqual([
      { type: "submit-begun", ...names },
      { type: "job-accepted", ...names, requestId: JOB_ID, handle: body.requestId },
    ]);
  });

  test("is answered with the videos where a provider finishes at once", async () => {
    const provider = {
      ...falProvider({ credentials: "" }),
      submit: async () => ({ kind: "finished", videos: ["https://x.example/a.mp4"] }) as const,
    };
    const { generate } = createRoutesWorld({ providers: [provider] });
    expect((await generate(GOOD)).body).toEqual({
      success: true,
      videos: [{ url: "https://x.example/a.mp4" }],
      modelId: MODEL,
      duration: 8,
      resolution: "720p",
      provider: "fal",
    });
  });

  test("is answered with every issue at once, and sends nothing", async () => {
    const { generate, fal } = createRoutesWorld();
    const wrong = { prompt: "", duration: 7, aspectRatio: "1:1", webhook_url: "https://evil.example" };
    const { status, body } = await generate({ ...GOOD, ...wrong });
    expect([status, body.error.code]).toEqual([400, "invalid-request"]);
    const paths = body.error.details.issues.map(({ path }: { path: string }) => path).toSorted();
    expect(paths).toEqual(["aspectRatio", "duration", "prompt", "webhook_url"]);
    expect(fal.calls).toEqual([]);
  });

  test.each([1, 207, 209, 100_000])(
    "whose user was told %i credits is refused before anything is asked or sent",
    async (credits) => {
      const verifyReservation = vi.fn<VerifyReservation>(() => true);
      const { generate, fal } = createRoutesWorld({ verifyReservation });
      const { status, body } = await generate({ ...GOOD, idempotencyKey: KEY, credits });
      expect([status, body.error.code]).toEqual([409, "price-changed"]);
      expect(body.error.details).toEqual({ told: credits, credits: 208 });
      expect([fal.calls, verifyReservation.mock.calls]).toEqual([[], []]);
      expect(await generate({ ...GOOD, idempotencyKey: KEY, credits: 208 })).toMatchObject({ status: 200 });
    },
  );

  test.each(["208", null, {}, true])("whose price in the body is %j is not valid", async (credits) => {
    const { status, body } = await createRoutesWorld().generate({ ...GOOD, credits });
    expect([status, body.error.details.issues[0].path]).toEqual([400, "credits"]);
  });

  test("for an unknown model has a code of its own", async () => {
    const answer = await createRoutesWorld().generate({ ...GOOD, model: "vid-veo-9" });
    expect(answer).toMatchObject({ status: 400, body: { error: { code: "unknown-model" } } });
  });

  test("may hold 256 KB of JSON, and more where it is an image", async () => {
    const { generate, fal } = createRoutesWorld();
    const image = PNG + "A".repeat(300_000);
    expect(await generate({ ...GOOD, prompt: "x".repeat(300_000) })).toMatchObject({ status: 413 });
    expect(await generate({ ...GOOD, attachmentImageBytes: image })).toMatchObject({ status: 200 });
    expect(fal.jobs).toMatchObject([{ input: { image_url: fal.uploads[0]?.fileUrl } }]);
    expect(fal.uploads).toMatchObject([{ contentType: "image/png" }]);
  });

  test("with image bytes that are no image is refused, and so where the provider takes none", async () => {
    const { generate, fal, kie, fetch } = createRoutesWorld();
    const noImage = await generate({ ...GOOD, attachmentImageBytes: btoa("<svg></svg>") });
    const issues = [{ path: "attachmentImageBytes" }];
    expect(noImage).toMatchObject({ status: 400, body: { error: { details: { issues } } } });
    const kieOnly = createRoutesWorld({ providers: [kieProvider({ apiKey: "secret", fetch })] });
    const wan = { model: "kie-wan-2.5", prompt: "a corgi", duration: 5, resolution: "720p", attachmentImageBytes: PNG };
    expect(await kieOnly.generate(wan)).toMatchObject({ status: 400, body: { error: { code: "invalid-request" } } });
    expect([fal.jobs, kie.tasks]).toEqual([[], []]);
  });

  test("of a model without a provider here tells the log what is missing", async () => {
    const { generate, events } = createRoutesWorld({ providers: [] });
    const { status, body } = await generate(GOOD);
    expect([status, body.error.code]).toEqual([500, "not-configured"]);
    expect(events.at(-1)).toMatchObject({ error: { message: expect.stringContaining("fal") } });
  });

  test("of a retired model is refused with the one that replaces it, and nothing is sent", async () => {
    const { generate, fal, kie } = createRoutesWorld();
    const { status, body } = await generate({ model: "kie-sora-2", prompt: "a corgi", duration: 10 });
    expect([status, body.error.code]).toEqual([410, "model-retired"]);
    expect(body.error.message).toContain('Use Veo 3.1 ("vid-veo-3.1") instead.');
    expect([fal.calls, kie.calls]).toEqual([[], []]);
  });

  test("of a model that the app has no price for names the model, and nothing is sent", async () => {
    const { generate, fal } = createRoutesWorld();
    const { status, body } = await generate({ model: "vid-kling-3-pro", prompt: "a corgi", duration: 5 });
    expect([status, body.error.code]).toEqual([500, "not-configured"]);
    expect(body.error.message).toContain('Kling 3 Pro ("vid-kling-3-pro") has no price.');
    expect(fal.calls).toEqual([]);
  });

  test("of a newer model costs what the app's prices make of its provider's", async () => {
    const asked: number[] = [];
    const { generate, fal } = createRoutesWorld({
      pricing: createPricing({ creditValueUsd: 0.01, margin: 0.5 }),
      verifyReservation: ({ credits }) => asked.push(credits) > 0,
    });
    const request = { model: "vid-kling-3-turbo", prompt: "a corgi", duration: 5 };
    expect(await generate(request, { key: KEY })).toMatchObject({ status: 200 });
    expect(asked).toEqual([140]);
    expect(fal.jobs).toMatchObject([{ endpoint: "fal-ai/kling-video/v3/turbo/pro/text-to-video" }]);
  });

  test("whose answer is lost is submission-unknown, and was sent once", async () => {
    const { generate, fal } = createRoutesWorld();
    fal.playNext("submit-reset-accepted");
    const error = { code: "submission-unknown", retryable: false };
    expect(await generate(GOOD)).toMatchObject({ status: 502, body: { error } });
    expect(fal.jobs).toHaveLength(1);
  });

  test("is not cut off by a caller that hangs up", async () => {
    const caller = new AbortController();
    const { fal, fetch } = createRoutesWorld();
    const hangUp: typeof fetch = async (input, init) => {
      caller.abort();
      return await fetch(input, init);
    };
    const { generate } = createRoutesWorld({ providers: [falProvider({ credentials: "id:secret", fetch: hangUp })] });
    expect((await generate(GOOD, { signal: caller.signal })).status).toBe(200);
    expect(fal.jobs).toHaveLength(1);
  });
});

test("a submit does not show what a provider says; the log does", async () => {
  const { generate, fal, events } = createRoutesWorld();
  fal.playNext("submit-403-no-balance");
  const { body } = await generate(GOOD);
  expect(JSON.stringify(body)).not.toContain("balance");
  const cause = { name: "ProviderAnswer", message: expect.stringContaining("403") };
  expect(events).toContainEqual(expect.objectContaining({ type: "request-failed", userId: "u1" }));
  expect(events.at(-1)).toMatchObject({ cause });
  expect(JSON.stringify(events)).not.toContain("alance");
});

describe("without a usable signing secret", () => {
  test.each([
    ["none", undefined, "is missing"],
    ["an empty one", "", "is missing"],
    ["an empty list", [], "is missing"],
    ["one that is too short", "31 characters are not enough...", "is too short"],
    ["a short one among good ones", [SECRET, "short"], "is too short"],
    ["a function that finds none", () => undefined, "is missing"],
  ])(
    "(%s) nothing is submitted, the log names the setting, and the user is told none",
    async (_, signingSecret, what) => {
      const { generate, fal, events } = createRoutesWorld({ signingSecret });
      const { status, body } = await generate(GOOD);
      expect([status, body.error.code]).toEqual([500, "not-configured"]);
      expect(events.at(-1)).toMatchObject({
        error: { message: expect.stringContaining(`VIDEO_SIGNING_SECRET ${what}`) },
      });
      expect(JSON.stringify(body)).not.toMatch(/secret/i);
      expect(fal.calls).toEqual([]);
    },
  );
});

describe("the deadline of a submit", () => {
  /** A provider that takes its time, in the hands of the test. */
  function slow(during: "submit" | "uploadImage") {
    const calls: ((value: string) => void)[] = [];
    const answer = async (): Promise<string> => await new Promise((resolve) => calls.push(resolve));
    const accepted = (requestId: string): ProviderSubmission => ({ kind: "accepted", requestId });
    const submit = vi.fn<VideoProvider["submit"]>(async () => accepted(during === "submit" ? await answer() : JOB_ID));
    const uploadImage = async (): Promise<string> =>
      during === "uploadImage" ? await answer() : "https://v3.fal.media/files/a.png";
    const world = createRoutesWorld({ providers: [{ ...falProvider({ credentials: "" }), submit, uploadImage }] });
    /** Answers the oldest call that waits, once there is one. */
    const answerNext = async (value: string): Promise<void> => {
      await vi.waitFor(() => expect(calls).not.toHaveLength(0));
      calls.shift()?.(value);
    };
    return { ...world, submit, calls, answerNext };
  }
  const IMAGE = { ...GOOD, attachmentImageBytes: PNG };

  test("answers submission-unknown after 60 s, and leaves no timer", async () => {
    const { generate, clock, submit } = slow("submit");
    const answer = generate(GOOD);
    await vi.waitFor(() => expect(submit).toHaveBeenCalledOnce());
    await clock.advance(60_000);
    expect(await answer).toMatchObject({ status: 502, body: { error: { code: "submission-unknown" } } });
    expect(clock.pending).toBe(0);
  });

  test("still waits for the provider's answer, so that the same key gets the job", async () => {
    const { generate, clock, submit, answerNext, events } = slow("submit");
    const first = generate(GOOD, { key: KEY });
    await vi.waitFor(() => expect(submit).toHaveBeenCalledOnce());
    await clock.advance(60_000);
    expect(await first).toMatchObject({
      status: 409,
      body: { error: { code: "already-running", retryAfterMs: 5000 } },
    });
    expect(await generate(GOOD, { key: KEY })).toMatchObject({ status: 409 });
    await answerNext(JOB_ID);
    await vi.waitFor(() => expect(events).toContainEqual(expect.objectContaining({ type: "job-accepted" })));
    await vi.waitFor(async () => expect(await generate(GOOD, { key: KEY })).toMatchObject({ status: 200 }));
    expect(submit).toHaveBeenCalledOnce();
  });

  test("while an image is still on its way refuses, certainly, and the paid call is never made", async () => {
    const { generate, clock, submit, calls, answerNext } = slow("uploadImage");
    const first = generate(IMAGE, { key: KEY });
    await vi.waitFor(() => expect(calls).toHaveLength(1));
    await clock.advance(60_000);
    expect(await first).toMatchObject({
      status: 503,
      body: { error: { code: "provider-unavailable", retryable: true } },
    });
    await answerNext("https://v3.fal.media/files/a.png");
    // The key is free again, so this is a first submit.
    const again = generate(IMAGE, { key: KEY });
    await answerNext("https://v3.fal.media/files/a.png");
    expect((await again).status).toBe(200);
    expect(submit).toHaveBeenCalledOnce();
  });
});

describe("a reservation", () => {
  const setUp = (verifyReservation: VerifyReservation) => {
    const verify = vi.fn<VerifyReservation>(verifyReservation);
    return { verify, ...createRoutesWorld({ verifyReservation: verify }) };
  };

  test("is asked for with the server's own price, before the provider is", async () => {
    const { generate, verify, fal } = setUp(() => fal.calls.length === 0);
    expect((await generate(GOOD, { key: KEY })).status).toBe(200);
    const request = expect.objectContaining({ model: MODEL, duration: 8, generateAudio: true });
    expect(verify.mock.calls).toEqual([[{ userId: "u1", credits: expect.any(Number), generationId: KEY, request }]]);
    const [[{ credits }] = [{ credits: 0 }]] = verify.mock.calls;
    expect(credits).toBeGreaterThan(0);
  });

  test("is priced by the app's own prices where it has some", async () => {
    const { baseCredits, ...rest } = DEFAULT_PRICE_TABLE;
    const pricing = createPricing({ ...rest, baseCredits: { ...baseCredits, [MODEL]: 1000 } });
    const verify = vi.fn<VerifyReservation>(() => true);
    await createRoutesWorld({ verifyReservation: verify, pricing }).generate(GOOD, { key: KEY });
    expect(verify.mock.calls[0]?.[0].credits).toBe(pricing.quoteVideo(parseVideoRequest(GOOD)).credits);
  });

  test.each([
    ["says no", () => false, 402, "insufficient-credits"],
    ["says nothing", () => JSON.parse("null"), 402, "insufficient-credits"],
    ["throws", () => Promise.reject(new Error("convex: secret")), 503, "provider-unavailable"],
    ["throws an error of ours", () => Promise.reject(new VideoError("slot-limit-reached")), 429, "slot-limit-reached"],
  ] satisfies [string, VerifyReservation, number, string][])(
    "that the app %s refuses the submit, and frees the key",
    async (_, verifyReservation, status, code) => {
      const { generate, verify, fal } = setUp(verifyReservation);
      const answer = await generate(GOOD, { key: KEY });
      expect(answer).toMatchObject({ status, body: { error: { code } } });
      expect(JSON.stringify(answer.body)).not.toContain("secret");
      expect(fal.calls).toEqual([]);
      verify.mockReturnValue(true);
      expect((await generate(GOOD, { key: KEY })).status).toBe(200);
    },
  );

  test("needs an Idempotency-Key: one generation's reservation must not pay for two", async () => {
    const { generate, verify, fal, events } = setUp(() => true);
    const issues = [{ path: "idempotency-key" }];
    expect(await generate(GOOD)).toMatchObject({ status: 400, body: { error: { details: { issues } } } });
    const logged = { type: "request-failed", error: { details: { issues: ["idempotency-key"] } } };
    expect(events).toMatchObject([logged]);
    expect([verify.mock.calls, fal.calls]).toEqual([[], []]);
  });

  test("is not asked for again when the same submit comes again", async () => {
    const { generate, verify } = setUp(() => true);
    const first = await generate(GOOD, { key: KEY });
    verify.mockReturnValue(false);
    expect((await generate(GOOD, { key: KEY })).body).toEqual(first.body);
    expect(verify).toHaveBeenCalledOnce();
  });
});

test("routes whose statuses are never held do not offer it", async () => {
  const { generate } = createRoutesWorld({ longestWaitSeconds: 0 });
  expect((await generate(GOOD)).body).not.toHaveProperty("canWait");
});

test("a submit of two frames on a model with a transition costs, goes and is asked about as one of the transition", async () => {
  const { generate, status, fal, events } = createRoutesWorld();
  const frames = { startFrameImageUrl: "https://x.example/a.png", endFrameImageUrl: "https://x.example/b.png" };
  const asked = { model: "vid-veo-3.1", prompt: "a corgi surfing", duration: 8, ...frames } as const;
  const { body } = await generate(asked);
  expect(fal.jobs).toMatchObject([
    { endpoint: "fal-ai/veo3.1/first-last-frame-to-video", input: { first_frame_url: frames.startFrameImageUrl } },
  ]);
  const { credits } = quoteVideo(asked);
  expect(credits).toBe(quoteVideo({ ...asked, model: "veo3.1-transition" }).credits);
  expect(events).toContainEqual(
    expect.objectContaining({ type: "job-accepted", modelId: "veo3.1-transition", credits }),
  );
  for (const modelId of ["vid-veo-3.1", "veo3.1-transition"]) {
    expect((await status({ requestId: body.requestId, modelId })).status).toBe(200);
  }
});
