import { expect, test } from "vitest";
import { costUsdOf, longestOf } from "./cost-usd-of.ts";
import type { ModelCost } from "./model.ts";
import { getVideoModel } from "./registry.ts";

const model = getVideoModel("vid-veo-3.1");
const byResolution: ModelCost = { perSecond: { "720p": 0.1, "1080p": { silent: 0.2, sound: 0.4 } } };

test.each([
  [{ resolution: "720p" }, 0.5],
  [{ resolution: "1080p" }, 1],
  [{ resolution: "1080p", hasAudio: true }, 2],
  [{ resolution: "4K" }, undefined],
  [{}, undefined],
])("what a resolution costs by the second: %o", (asked, usd) => {
  expect(costUsdOf(model, byResolution, { mode: "text-to-video", duration: 5, ...asked })).toBe(usd);
});

test.each([
  ["1080p", (0.0024 * (1920 * 1088 * 24)) / 1024],
  ["8K", undefined],
  [undefined, undefined],
])("what tokens cost at %s", (resolution, usd) => {
  expect(costUsdOf(model, { perThousandTokens: 2.4 }, { mode: "text-to-video", duration: 1, resolution })).toBe(usd);
});

test("a length that the model chooses is charged as its longest, and none as its nominal one", () => {
  const charged = (duration?: "auto") => costUsdOf(model, { perSecond: 1 }, { mode: "text-to-video", duration });
  expect(charged("auto")).toBe(longestOf(model));
  expect(charged()).toBe(model.nominalSeconds);
});

test("reference videos have a rate of their own where one is published", () => {
  const cost: ModelCost = { perVideo: 1, withReferenceVideos: { perSecond: 0.5, referenceSeconds: 15 } };
  const charged = (hasReferenceVideos: boolean, of = cost) =>
    costUsdOf(model, of, { mode: "text-to-video", duration: 5, hasReferenceVideos });
  expect([charged(false), charged(true), charged(true, { perVideo: 1 })]).toEqual([1, 10, 1]);
});

test("the longest length is that of any mode and any resolution, or the nominal one where there is no list", () => {
  const { nominalSeconds } = model;
  expect(longestOf({ ...model, durations: ["auto", 4, 8], inMode: {}, durationsAt: {} })).toBe(8);
  expect(
    longestOf({ ...model, durations: [4], inMode: { "image-to-video": { durations: [12] }, keyframes: {} } }),
  ).toBe(12);
  expect(longestOf({ ...model, durations: [4], inMode: {}, durationsAt: { "720p": [16] } })).toBe(16);
  expect(longestOf({ ...model, durations: ["auto"], inMode: {}, durationsAt: {} })).toBe(nominalSeconds);
});
