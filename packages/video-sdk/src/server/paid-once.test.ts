// Nothing that happens after the paid call makes its key free again, and no id that was issued is refused later.
import { createPricing, DEFAULT_PRICE_TABLE, UnpricedVideoModelError } from "@video-engine/video-models";
import { describe, expect, test, vi } from "vitest";
import { VIDEO_ERRORS, VideoError, type VideoErrorCode } from "../errors.ts";
import type { ProviderFetch } from "../testing/providers/create-provider-fetch.ts";
import { createTestClock } from "../testing/test-clock.ts";
import { createRoutesWorld, GOOD, KEY, SECRET } from "./__fixtures__/routes-world.ts";
import type { VideoRoutesOptions } from "./create-video-routes.ts";
import { ANSWER_TTL_MS } from "./idempotency/stored-run.ts";
import { fingerprintOf } from "./idempotency/fingerprint-of.ts";
import { createMemoryIdempotencyStore } from "./idempotency/memory-idempotency-store.ts";
import { falProvider } from "./providers/fal-provider.ts";
import { kieProvider } from "./providers/kie-provider.ts";
import type { ProviderSubmission, VideoProvider } from "./providers/provider.ts";
import { wavespeedProvider } from "./providers/wavespeed-provider.ts";

const thrower = (what: unknown) => () => {
  throw what;
};

/** Works the first few times it is called, then no more. */
const wearsOut =
  <T>(times: number, good: () => T, bad: () => T): (() => T) =>
  () =>
    times-- > 0 ? good() : bad();

/** Whatever an app brings that is used after the paid call. */
const FAULTS: readonly [string, () => Partial<VideoRoutesOptions>][] = [
  [
    "the signing secret is gone",
    () => ({
      signingSecret: wearsOut(
        1,
        () => SECRET,
        () => undefined,
      ),
    }),
  ],
  [
    "the signing secret is too short",
    () => ({
      signingSecret: wearsOut(
        1,
        () => SECRET,
        () => "short",
      ),
    }),
  ],
  [
    "reading the secret throws an error that frees a key",
    () => ({ signingSecret: wearsOut(1, () => SECRET, thrower(new VideoError("not-configured"))) }),
  ],
  ["a listener throws", () => ({ onEvent: thrower(new VideoError("rate-limited")) })],
  ["a listener rejects", () => ({ onEvent: () => void Promise.reject(new Error("log is full")).catch(() => 0) })],
  [
    "the store cannot keep the answer",
    () => ({
      idempotency: {
        ...createMemoryIdempotencyStore(createTestClock()),
        update: () => Promise.reject(new VideoError("rate-limited")),
      },
    }),
  ],
];

describe.each(FAULTS)("two submits under one key are one job when afterwards %s", (_, options) => {
  test("and the first one is answered with the job, or as unknown", async () => {
    const { generate, fal } = createRoutesWorld(options());
    const first = await generate(GOOD, { key: KEY });
    expect([200, 502]).toContain(first.status);
    const second = await generate(GOOD, { key: KEY });
    expect(second.status === 200 ? second.body : second.status).toEqual(
      second.status === 200 ? first.body : expect.any(Number),
    );
    await generate(GOOD, { key: KEY });
    expect(fal.jobs).toHaveLength(1);
  });
});

test.each(Array.from({ length: 20 }, (_, times) => times))(
  "two submits under one key are at most one job when the clock throws after its reading number %i",
  async (times) => {
    const now = wearsOut(times, () => 0, thrower("no time"));
    const { generate, fal } = createRoutesWorld({ clock: { ...createTestClock(), now } });
    for (let turn = 0; turn < 2; turn += 1) await generate(GOOD, { key: KEY });
    expect(fal.jobs.length).toBeLessThanOrEqual(1);
  },
);

test.each([
  ["fal", (key: () => string | undefined, fetch: ProviderFetch) => falProvider({ credentials: key, fetch })],
  ["kie", (key: () => string | undefined, fetch: ProviderFetch) => kieProvider({ apiKey: key, fetch })],
] as const)("the key of %s is read before the paid call, and not once more after it", async (id, providerOf) => {
  const { fetch, fal, kie } = createRoutesWorld();
  const key = vi.fn<() => string | undefined>(
    wearsOut(
      1,
      () => "id:secret",
      () => undefined,
    ),
  );
  const { generate } = createRoutesWorld({ providers: [providerOf(key, fetch)] });
  const body = id === "fal" ? GOOD : { model: "kie-wan-2.5", prompt: "a corgi", duration: 5 };
  const first = await generate(body, { key: KEY });
  expect(first).toMatchObject({ status: 200, body: { provider: id } });
  expect((await generate(body, { key: KEY })).body).toEqual(first.body);
  expect([key.mock.calls.length, fal.jobs.length + kie.tasks.length]).toEqual([1, 1]);
});

describe("after the paid call", () => {
  const CERTAIN: readonly VideoErrorCode[] = [
    ...(["rate-limited", "provider-unavailable", "model-retired", "not-configured"] as const),
    ...(["invalid-request", "too-large", "content-rejected", "provider-rejected"] as const),
  ];
  const codes = Object.keys(VIDEO_ERRORS) as VideoErrorCode[];

  test.each(codes)(
    "an error of the provider with %s frees the key only where it promises that there is no job",
    async (code) => {
      const submit = vi.fn<VideoProvider["submit"]>(() => Promise.reject(new VideoError(code)));
      const { generate } = createRoutesWorld({ providers: [{ ...falProvider({ credentials: "" }), submit }] });
      const first = await generate(GOOD, { key: KEY });
      const second = await generate(GOOD, { key: KEY });
      expect(submit).toHaveBeenCalledTimes(CERTAIN.includes(code) ? 2 : 1);
      if (CERTAIN.includes(code)) return;
      for (const { body } of [first, second]) expect(body.error.code).toBe("submission-unknown");
    },
  );

  test.each([
    ["a number", 7],
    [
      "an error of another copy with a code that is new",
      Object.assign(new VideoError("rate-limited"), { code: "busy" }),
    ],
    ["nothing", undefined],
  ])("%s that a provider throws does not free the key", async (_, thrown) => {
    const submit = vi.fn<VideoProvider["submit"]>(thrower(thrown));
    const { generate } = createRoutesWorld({ providers: [{ ...falProvider({ credentials: "" }), submit }] });
    for (let turn = 0; turn < 3; turn += 1) expect((await generate(GOOD, { key: KEY })).status).toBeGreaterThan(499);
    expect(submit).toHaveBeenCalledOnce();
  });

  test.each([
    ["without characters", ""],
    [".", "."],
    ["..", ".."],
    ["with a line break", "a\nb"],
    ["of half a character", "\ud83c"],
    ["of 513 characters", "x".repeat(513)],
  ])("a job id %s, which no request id can hold, makes the outcome unknown and keeps the key", async (_, requestId) => {
    const submit = vi.fn<VideoProvider["submit"]>(async () => ({ kind: "accepted", requestId }) as ProviderSubmission);
    const { generate } = createRoutesWorld({ providers: [{ ...falProvider({ credentials: "" }), submit }] });
    for (let turn = 0; turn < 2; turn += 1) {
      expect(await generate(GOOD, { key: KEY })).toMatchObject({ body: { error: { code: "submission-unknown" } } });
    }
    expect(submit).toHaveBeenCalledOnce();
  });
});

test.each(["7", "abc-123", "projects/p/operations/42", "../../other?x=1#y", "a b", "工作", "x".repeat(512)])(
  "the job id %j is issued, and found again by every provider under its own address",
  async (id) => {
    const { generate, status, cancel, fal } = createRoutesWorld({}, { createId: () => id });
    const { requestId } = (await generate(GOOD)).body;
    expect(await status({ requestId })).toMatchObject({ status: 200, body: { queued: true } });
    expect(await cancel({ requestId })).toMatchObject({ status: 200, body: { canceled: "removed" } });
    expect(fal.calls.at(-1)).toBe(`PUT https://queue.fal.run/fal-ai/veo3.1/requests/${encodeURIComponent(id)}/cancel`);
    const urls: URL[] = [];
    const fetch = async (input: RequestInfo | URL): Promise<Response> => {
      urls.push(new URL(input instanceof Request ? input.url : input));
      return Response.json({});
    };
    for (const provider of [kieProvider({ apiKey: "k", fetch }), wavespeedProvider({ apiKey: "k", fetch })]) {
      await provider.status({ requestId: id, endpoint: undefined }).catch(() => undefined);
    }
    expect([urls[0]?.searchParams.get("taskId"), urls[1]?.pathname]).toEqual([
      id,
      `/api/v3/predictions/${encodeURIComponent(id)}/result`,
    ]);
  },
);

/** What may change at a server between a submit and its repeat, which would refuse a new one. */
const CHANGES: readonly [string, Partial<VideoRoutesOptions>, string][] = [
  ["the app has no price for the model any more", { pricing: pricedBy(unpriced) }, "not-configured"],
  ["the model costs more", { pricing: pricedBy(dearer) }, "price-changed"],
  ["the signing secret is gone", { signingSecret: () => undefined }, "not-configured"],
  ["the reservation is used up", { verifyReservation: () => false }, "insufficient-credits"],
  ["the reservation cannot be checked", { verifyReservation: thrower(new Error("down")) }, "provider-unavailable"],
  ["no provider has the model any more", { providers: [wavespeedProvider({ apiKey: "" })] }, "not-configured"],
];

type Quote = ReturnType<typeof createPricing>["quoteVideo"];

function pricedBy(quoteVideo: Quote): NonNullable<VideoRoutesOptions["pricing"]> {
  return { ...createPricing(DEFAULT_PRICE_TABLE), quoteVideo };
}

function dearer(...[request]: Parameters<Quote>): ReturnType<Quote> {
  return { ...createPricing(DEFAULT_PRICE_TABLE).quoteVideo(request), credits: 250 };
}

function unpriced(...[{ model }]: Parameters<Quote>): never {
  throw new UnpricedVideoModelError(model, "It", "Give it one.");
}

describe.each(CHANGES)("once %s", (_, change, code) => {
  const TOLD = { ...GOOD, credits: 208 };
  const open = (idempotency: VideoRoutesOptions["idempotency"], options: Partial<VideoRoutesOptions> = {}) =>
    createRoutesWorld({ idempotency, ...options });

  test("a submit that was accepted before is answered with its job, whatever is refused now", async () => {
    const store = createMemoryIdempotencyStore(createTestClock());
    const first = await open(store).generate(TOLD, { key: KEY });
    expect(first.status).toBe(200);
    const now = open(store, change);
    expect((await now.generate(TOLD, { key: KEY })).body).toEqual(first.body);
    expect(now.fal.calls).toEqual([]);
  });

  test("a new one is refused, and its key is free", async () => {
    const store = createMemoryIdempotencyStore(createTestClock());
    const refused = await open(store, change).generate(TOLD, { key: KEY });
    expect(refused.body.error.code).toBe(code);
    expect((await open(store).generate(TOLD, { key: KEY })).status).toBe(200);
  });
});

test("a submit of a model that was retired since is answered with its job", async () => {
  const clock = createTestClock();
  const store = createMemoryIdempotencyStore(clock);
  const { generate } = createRoutesWorld({ idempotency: store, clock });
  const sent = { ...GOOD, model: "kie-sora-2", duration: 10 };
  expect((await generate(sent, { key: KEY })).body.error.code).toBe("model-retired");
  const record = { runId: "first", fingerprint: await fingerprintOf(sent), seenAt: clock.now() };
  await store.begin(JSON.stringify(["u1", KEY]), record, ANSWER_TTL_MS);
  const body = { queued: true, requestId: "v1.a.b" };
  await store.update(JSON.stringify(["u1", KEY]), { ...record, answer: { kind: "answered", body } }, ANSWER_TTL_MS);
  expect((await generate(sent, { key: KEY })).body).toEqual(body);
  expect((await generate({ ...sent, prompt: "a cat" }, { key: KEY })).body.error.code).toBe("key-reused");
});

describe("a reservation that verifyReservation uses up", () => {
  /** One reservation per generation, each of which can be used once, for ever. */
  function setUp() {
    const used = new Set<string>();
    const verifyReservation = vi.fn<NonNullable<VideoRoutesOptions["verifyReservation"]>>(({ generationId }) => {
      if (used.has(generationId)) return false;
      used.add(generationId);
      return true;
    });
    return { verifyReservation, ...createRoutesWorld({ verifyReservation }) };
  }

  test("pays for one job, also when its key is used again after the answers are forgotten", async () => {
    const { generate, fal, clock, verifyReservation } = setUp();
    expect((await generate(GOOD, { key: KEY })).status).toBe(200);
    for (const laterMs of [1, ANSWER_TTL_MS, ANSWER_TTL_MS, 30 * ANSWER_TTL_MS]) {
      clock.jump(laterMs);
      await generate(GOOD, { key: KEY });
    }
    expect(await generate(GOOD, { key: KEY })).toMatchObject({
      status: 402,
      body: { error: { code: "insufficient-credits" } },
    });
    expect(fal.jobs).toHaveLength(1);
    expect(verifyReservation).toHaveBeenCalledWith(expect.objectContaining({ generationId: KEY }));
  });

  test("is asked for once, also where the provider refuses: the refusal is answered again", async () => {
    const { generate, fal, verifyReservation } = setUp();
    fal.playNext("submit-429");
    const first = await generate(GOOD, { key: KEY });
    expect(first).toMatchObject({ status: 429, body: { error: { code: "rate-limited" } } });
    expect((await generate(GOOD, { key: KEY })).body).toEqual(first.body);
    expect(verifyReservation).toHaveBeenCalledOnce();
    expect((await generate(GOOD, { key: `${KEY}-next` })).status).toBe(200);
    expect(fal.jobs).toHaveLength(1);
  });
});
