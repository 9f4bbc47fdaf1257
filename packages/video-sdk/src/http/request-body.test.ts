// A request keeps its meaning on its way: whatever map writes the body, the same video is read from it, at the same price.
import {
  checkVideoRequest,
  getVideoModel,
  quoteVideo,
  resolveVideoRequest,
  UnpricedVideoModelError,
  VIDEO_MODEL_IDS,
  type ResolvedVideoRequest,
  type VideoRequest,
} from "@video-engine/video-models";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { deployedMobileRoutes } from "./deployed-mobile-routes.ts";
import { routesOf } from "./plan-routes.ts";
import { requestBody } from "./request-body.ts";

const url = (name: string): string => `https://cdn.example.com/${name}.png`;
const element = { frontalImageUrl: url("f"), referenceImageUrls: [url("r")] };

/** What may be attached, alone or together: one image, frames, and everything that a single kind of model takes. */
const ATTACHED: readonly Partial<VideoRequest>[] = [
  {},
  { attachmentImageUrl: url("a") },
  { startFrameImageUrl: url("a") },
  { startFrameImageUrl: url("a"), endFrameImageUrl: url("b") },
  { attachmentImageUrl: url("a"), endFrameImageUrl: url("b") },
  { klingO1Images: [url("a")] },
  { klingO1Images: [{ url: url("a") }, url("b")] },
  { klingO1Images: [url("a")], klingO1Elements: [element] },
  { klingO1Elements: [element] },
  { klingO1Video: url("v") },
  { klingO1Video: url("v"), attachmentImageUrl: url("a") },
  { referenceImageUrls: [url("a"), url("b")] },
  { referenceVideoUrls: [url("v")], referenceImageUrls: [url("a")] },
  { keyframes: [0, 1].map((atSeconds) => ({ atSeconds, imageUrl: url(String(atSeconds)) })) },
  { sourceVideoUrl: url("v") },
  { sourceVideoUrl: url("v"), audioUrl: url("s") },
  { attachmentImageUrl: url("a"), audioUrl: url("s") },
];

const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });
const settings = fc.record({
  aspectRatio: maybe(fc.constantFrom("16:9", "9:16", "1:1", "auto")),
  duration: maybe(fc.constantFrom(3, 4, 5, 6, 8, 10, "auto")),
  resolution: maybe(fc.constantFrom("480p", "720p", "1080p")),
  generateAudio: maybe(fc.boolean()),
  cameraFixed: maybe(fc.boolean()),
  fastMode: maybe(fc.boolean()),
  removeWatermark: maybe(fc.boolean()),
});

/** Requests that are accepted. The settings that their model refuses are left out. */
const accepted: fc.Arbitrary<VideoRequest> = fc
  .tuple(fc.constantFrom(...Object.values(VIDEO_MODEL_IDS)), fc.constantFrom(...ATTACHED), settings)
  .map(([model, attached, chosen]) => {
    const given = { model, prompt: "a fox in the snow", ...attached, ...chosen };
    const check = checkVideoRequest(given);
    const faulty = check.ok ? [] : check.issues.map(({ path }) => path);
    return Object.fromEntries(Object.entries(given).filter(([field]) => !faulty.includes(field)));
  })
  .filter((given) => checkVideoRequest(given).ok)
  .map((given) => given as unknown as VideoRequest); // just checked

/** As JSON makes it. */
const sent = (body: object): Record<string, unknown> => JSON.parse(JSON.stringify(body));

function creditsOf(request: VideoRequest): number | "unpriced" {
  try {
    return quoteVideo(request).credits;
  } catch (error) {
    if (error instanceof UnpricedVideoModelError) return "unpriced";
    throw error;
  }
}

/** The request that is read from a body, with every setting decided, and its price. */
function readFrom(body: Record<string, unknown>) {
  const check = checkVideoRequest(body);
  if (!check.ok) throw new Error(JSON.stringify(check.issues));
  const { unused, ...request } = resolveVideoRequest(check.request).request;
  return { request, unused, credits: creditsOf(check.request) };
}

/** The fields of the plan in a body of the deployed client: each image under one of its names. */
function inPlanNames({ imageUrl, startImageUrl, endImageUrl, ...body }: Record<string, unknown>) {
  expect([imageUrl, startImageUrl, endImageUrl]).toEqual([
    body["attachmentImageUrl"],
    body["startFrameImageUrl"],
    body["endFrameImageUrl"],
  ]);
  return body;
}

describe("any request that is accepted", () => {
  test("is read by a server of ours as it was meant, at the same price", () => {
    fc.assert(
      fc.property(accepted, (given) => {
        const { request, unused, credits } = readFrom(sent(given));
        const meant: ResolvedVideoRequest = resolveVideoRequest(given).request;
        expect(readFrom(sent(routesOf().submit(meant).body))).toEqual({ request, unused, credits });
      }),
      { numRuns: 600, seed: 1 },
    );
  });

  test("means the same in a body of the deployed client, which always has a ratio and a length", () => {
    fc.assert(
      fc.property(accepted, (given) => {
        const { request, credits } = readFrom(sent(given));
        const body = sent(routesOf(deployedMobileRoutes).submit(resolveVideoRequest(given).request).body);
        expect(body).toMatchObject({ aspectRatio: expect.any(String), duration: expect.any(Number) });
        const read = readFrom({
          ...inPlanNames(body),
          duration: request.duration === "auto" ? "auto" : body["duration"],
        });
        expect([read.request, read.credits]).toEqual([request, credits]);
      }),
      { numRuns: 600, seed: 1 },
    );
  });

  test("has no switch that its model does not have", () => {
    fc.assert(
      fc.property(accepted, (given) => {
        const { model } = resolveVideoRequest(given).request;
        const { audio, toggles, togglesWithImage = [] } = getVideoModel(model);
        const body = sent(requestBody(resolveVideoRequest(given).request));
        expect("generateAudio" in body).toBe(audio === "optional");
        const has = new Set<string>([...toggles, ...togglesWithImage]);
        for (const [field, toggle] of SWITCHES) if (!has.has(toggle)) expect(body).not.toHaveProperty(field);
      }),
      { numRuns: 300, seed: 1 },
    );
  });
});

const SWITCHES = [
  ["cameraFixed", "camera-fixed"],
  ["fastMode", "fast-mode"],
  ["removeWatermark", "remove-watermark"],
] as const;

test("a switch that only a newer catalogue offers is sent", () => {
  const { request } = resolveVideoRequest({ model: "vid-ovi", prompt: "x" });
  expect(requestBody({ ...request, fastMode: true, generateAudio: !request.generateAudio })).toMatchObject({
    fastMode: true,
    generateAudio: !request.generateAudio,
  });
});
