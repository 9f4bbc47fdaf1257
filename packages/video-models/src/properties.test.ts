// What holds for every model and every request, tried on many made by chance.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { AttachedThings } from "./attached.ts";
import { choicesFor } from "./choices.ts";
import { calculateVideoCost } from "./cost.ts";
import { currentModelOf } from "./current-model-of.ts";
import { fitSettings } from "./fit-settings.ts";
import { checkVideoRequest, parseVideoRequest } from "./parse-video-request.ts";
import { DEFAULT_PRICE_TABLE } from "./price-table.ts";
import { quoteVideo } from "./quote.ts";
import { getVideoModel, type VideoModelId, videoModelIds } from "./registry.ts";
import { resolveVideoRequest } from "./resolve-video-request.ts";
import { traitsOf } from "./traits.ts";
import { VideoRequestError } from "./video-request-error.ts";
import type { VideoAttachments, VideoRequest, VideoSettings } from "./video-request.ts";

fc.configureGlobal({ seed: 20_261_122 });

const url = "https://cdn.example.com/a.png";
const model = fc.constantFrom(...videoModelIds());
/** Those that have a price in today's charges. */
const priced = fc.constantFrom(...videoModelIds().filter((id) => getVideoModel(id).baseCredits !== undefined));
/** Those that may be asked for. */
const usable = fc.constantFrom(...videoModelIds().filter((id) => currentModelOf(id) === id));
const resolution = fc.constantFrom("360p", "480p", "540p", "720p", "1080p", "1440p", "2K", "4K");
const optional = { requiredKeys: [] };

const settings: fc.Arbitrary<VideoSettings> = fc.record(
  {
    aspectRatio: fc.constantFrom(
      "auto",
      "16:9",
      "9:16",
      "1:1",
      "4:3",
      "3:4",
      "21:9",
      "9:21",
      "3:2",
      "2:3",
      "5:4",
      "4:5",
    ),
    duration: fc.oneof(fc.integer({ min: 1, max: 30 }), fc.constant("auto" as const)),
    resolution,
    generateAudio: fc.boolean(),
    cameraFixed: fc.boolean(),
    fastMode: fc.boolean(),
    removeWatermark: fc.boolean(),
  },
  optional,
);

const attachments: fc.Arbitrary<VideoAttachments> = fc.record(
  {
    attachmentImageUrl: fc.constantFrom(url, ""),
    attachmentImageBytes: fc.constant("aGk="),
    startFrameImageUrl: fc.constant(url),
    endFrameImageUrl: fc.constant(url),
    klingO1Images: fc.array(fc.constant(url), { maxLength: 9 }),
    klingO1Elements: fc.array(fc.constant({ frontalImageUrl: url, referenceImageUrls: [url] }), { maxLength: 3 }),
    klingO1Video: fc.constant(url),
    referenceImageUrls: fc.array(fc.constant(url), { maxLength: 10 }),
    referenceVideoUrls: fc.array(fc.constant(url), { maxLength: 4 }),
    referenceAudioUrls: fc.array(fc.constant(url), { maxLength: 4 }),
    keyframes: fc.array(fc.record({ imageUrl: fc.constant(url), atSeconds: fc.integer({ min: 0, max: 12 }) }), {
      maxLength: 4,
    }),
    sourceVideoUrl: fc.constant(url),
    audioUrl: fc.constant(url),
  },
  optional,
);

const request: fc.Arbitrary<VideoRequest> = fc
  .tuple(model, settings, attachments)
  .map(([id, chosen, attached]) => ({ model: id, prompt: "a fox", ...chosen, ...attached }));

/** What a model cannot do without, beside what is attached. */
function required(id: VideoModelId, given: AttachedThings = {}): VideoAttachments {
  const { image, startFrame, endFrame, references, ...newer } = choicesFor(id, { attachments: given }).attachments;
  return {
    ...(image === "required" && { attachmentImageUrl: url }),
    ...(startFrame === "required" && { startFrameImageUrl: url }),
    ...(endFrame === "required" && { endFrameImageUrl: url }),
    ...(references.need === "required" && { klingO1Images: [url] }),
    ...(newer.referenceImages?.need === "required" && { referenceImageUrls: [url] }),
    ...(newer.sourceVideo === "required" && { sourceVideoUrl: url }),
    ...(newer.audio === "required" && { audioUrl: url }),
  };
}

/** The request without the fields that issues name, until none is left; with what its model needs. */
function withoutFaults(given: VideoRequest): unknown {
  let request: Record<string, unknown> = { ...given, ...required(given.model, given) };
  for (let check = checkVideoRequest(request); !check.ok; check = checkVideoRequest(request)) {
    const faulty = new Set(check.issues.map(({ path }) => path.split(".")[0]));
    const kept = Object.entries(request).filter(([field]) => !faulty.has(field));
    if (kept.length === Object.keys(request).length) throw new Error("An issue names no field that was given.");
    request = { ...Object.fromEntries(kept), ...required(given.model, Object.fromEntries(kept)) };
  }
  return request;
}

describe("a price", () => {
  const costOptions = fc.record({
    resolution,
    hasAudio: fc.boolean(),
    duration: fc.integer({ min: 1, max: 60 }),
    fastMode: fc.boolean(),
    removeWatermark: fc.boolean(),
  });

  test("is a whole number above 0", () => {
    fc.assert(
      fc.property(priced, costOptions, (id, options) => {
        const credits = calculateVideoCost(id, options);
        expect(Number.isSafeInteger(credits) && credits > 0).toBe(true);
      }),
    );
  });

  test("is exactly that of whole fractions, at any length to the millisecond", () => {
    const up = (credits: bigint, by: bigint, per: bigint) => (credits * by + per - 1n) / per;
    fc.assert(
      fc.property(priced, costOptions, fc.integer({ min: 1, max: 600_000 }), (id, options, milliseconds) => {
        const traits = traitsOf(id);
        let exact = BigInt(getVideoModel(id).baseCredits ?? 0);
        if (options.resolution === "1080p") exact = up(exact, 15n, 10n);
        if (options.hasAudio && traits.supportsAudio) exact = up(exact, 12n, 10n);
        if (milliseconds > 5000) exact = up(exact, BigInt(milliseconds), 5000n);
        if (options.fastMode && traits.supportsFastMode) exact = up(exact, 7n, 10n);
        if (options.removeWatermark && traits.supportsWatermarkToggle) exact = up(exact, 13n, 10n);
        expect(calculateVideoCost(id, { ...options, duration: milliseconds / 1000 })).toBe(Number(exact));
      }),
    );
  });

  test("never falls as the clip gets longer, or its resolution higher", () => {
    fc.assert(
      fc.property(priced, costOptions, fc.integer({ min: 1, max: 60 }), (id, options, more) => {
        const credits = calculateVideoCost(id, options);
        expect(calculateVideoCost(id, { ...options, duration: options.duration + more })).toBeGreaterThanOrEqual(
          credits,
        );
        expect(calculateVideoCost(id, { ...options, resolution: "1080p" })).toBeGreaterThanOrEqual(credits);
      }),
    );
  });

  test("of a quote is that of its resolved request, and of its last line", () => {
    fc.assert(
      fc.property(priced, request, (id, asked) => {
        const given = { ...asked, model: id };
        const quote = quoteVideo(given);
        const { generateAudio: hasAudio, ...resolved } = quote.request;
        expect(quote.credits).toBe(calculateVideoCost(given.model, { ...resolved, hasAudio }));
        expect(quote.lines.at(-1)?.credits).toBe(quote.credits);
        expect(quote.lines[0]?.credits).toBe(DEFAULT_PRICE_TABLE.baseCredits[given.model]);
      }),
    );
  });
});

describe("settings", () => {
  test("that were fitted are accepted, whatever they were before", () => {
    fc.assert(
      fc.property(
        usable,
        fc.oneof(settings, fc.dictionary(fc.string(), fc.anything())),
        fc.boolean(),
        (id, chosen, withImage) => {
          const attached = {
            ...required(id),
            ...(withImage && traitsOf(id).supportsImageToVideo && { attachmentImageUrl: url }),
          };
          const fitted = fitSettings(id, chosen, attached);
          expect(checkVideoRequest({ model: id, prompt: "a fox", ...fitted, ...attached })).toMatchObject({ ok: true });
          expect(fitSettings(id, fitted, attached)).toEqual(fitted);
        },
      ),
    );
  });

  test("that are offered are accepted and passed on as they are", () => {
    fc.assert(
      fc.property(usable, fc.tuple(fc.nat(), fc.nat(), fc.nat()), (id, [a, b, c]) => {
        const attached = required(id);
        const pick = <T>(values: readonly T[], index: number) => values[index % (values.length || 1)];
        const chosenResolution = pick(choicesFor(id, { attachments: attached }).resolutions, a);
        const offered = choicesFor(id, { attachments: attached, resolution: chosenResolution });
        const [seconds, shape] = [pick(offered.durations, b), pick(offered.aspectRatios, c)];
        const chosen = {
          model: id,
          prompt: "a fox",
          ...attached,
          ...(chosenResolution && { resolution: chosenResolution }),
          ...(seconds && { duration: seconds }),
          ...(shape && { aspectRatio: shape }),
        };
        const { request: resolved, notes } = resolveVideoRequest(parseVideoRequest(chosen));
        expect(resolved).toMatchObject(chosen);
        // A prompt that the model does not take is the only thing to be said.
        expect(notes.filter(({ field }) => field !== "prompt")).toEqual([]);
      }),
    );
  });
});

describe("a request", () => {
  test("loses no field: each is in the resolved one as given, or has a note", () => {
    fc.assert(
      fc.property(request, (given) => {
        const { request: resolved, notes } = resolveVideoRequest(given);
        const sent = new Map<string, unknown>(Object.entries(resolved));
        for (const [field, value] of Object.entries(given)) {
          const noted = notes.some((note) => note.field === field);
          expect([field, noted || sent.get(field) === value]).toEqual([field, true]);
        }
      }),
    );
  });

  test("without the fields that its issues name passes, and is then only ignored in part, not changed or refused", () => {
    fc.assert(
      fc.property(usable, request, (id, asked) => {
        const given = { ...asked, model: id };
        const check = checkVideoRequest(withoutFaults(given));
        expect(check).toMatchObject({ ok: true });
        const { notes } = check.ok ? resolveVideoRequest(check.request) : { notes: [] };
        expect(notes.filter(({ outcome }) => outcome !== "ignored")).toEqual([]);
      }),
    );
  });

  test("with a refused field does not pass the check", () => {
    fc.assert(
      fc.property(request, (given) => {
        const isRefused = resolveVideoRequest(given).notes.some(({ outcome }) => outcome === "refused");
        expect(isRefused && checkVideoRequest(given).ok).toBe(false);
      }),
    );
  });
});

describe("parsing", () => {
  const outcomeOf = (value: unknown) => {
    try {
      return parseVideoRequest(value);
    } catch (error) {
      return Object(error);
    }
  };
  const nearly = fc.record(
    {
      model: fc.oneof(model, fc.anything()),
      prompt: fc.oneof(fc.string(), fc.anything()),
      duration: fc.anything(),
      aspectRatio: fc.anything(),
      klingO1Images: fc.anything(),
      klingO1Elements: fc.array(fc.anything()),
      attachmentImageUrl: fc.webUrl(),
      [`__proto__`]: fc.anything(),
    },
    optional,
  );

  test.each([
    [
      "any value",
      fc.anything({ withBigInt: true, withDate: true, withMap: true, withNullPrototype: true, withSparseArray: true }),
    ],
    ["any JSON", fc.json().map((text): unknown => JSON.parse(text))],
    ["anything like a request", nearly],
  ])("of %s gives a request or a VideoRequestError with issues, and nothing else", (_what, value) => {
    fc.assert(
      fc.property(value, (given) => {
        const outcome = outcomeOf(given);
        expect(Object.hasOwn(outcome, "model") || outcome instanceof VideoRequestError).toBe(true);
        const issues = outcome instanceof VideoRequestError ? outcome.issues : undefined;
        expect(issues?.length).not.toBe(0);
        expect(() => JSON.stringify(issues)).not.toThrow();
      }),
      { numRuns: 500 },
    );
  });
});
