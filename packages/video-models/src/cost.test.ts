import { describe, expect, test } from "vitest";
import costTable from "./__fixtures__/cost-table.json" with { type: "json" };
import { calculateVideoCost } from "./cost.ts";
import type { VideoCostOptions } from "./price-of.ts";
import { getVideoModel, isVideoModelId, type VideoModelId, videoModelIds } from "./registry.ts";
import { traitsOf } from "./traits.ts";

/** The golden table, flat. It is written by scripts/write-cost-table.ts, which does not know cost.ts. */
const rows = Object.entries(costTable).flatMap(([id, prices]) => {
  if (!isVideoModelId(id)) throw new Error(`The table has a model that the registry has not: ${id}`);
  return prices.map((row) => {
    const [options, credits] = readRow(row);
    return { id, options, credits };
  });
});

function readRow(row: readonly unknown[]): [VideoCostOptions & { readonly duration?: number }, number] {
  const [options, credits] = row;
  if (typeof options !== "object" || options === null || typeof credits !== "number")
    throw new Error("A row is an object and a price.");
  return [options, credits];
}

describe("the golden table", () => {
  test("is what calculateVideoCost says, in both call shapes", () => {
    for (const { id, options, credits } of rows) {
      const { resolution, hasAudio, duration, fastMode, removeWatermark } = options;
      expect([id, options, calculateVideoCost(id, options)]).toEqual([id, options, credits]);
      expect(calculateVideoCost(id, resolution, hasAudio, duration, fastMode, removeWatermark)).toBe(credits);
    }
  });

  test("has every option of every model", () => {
    const has = (id: VideoModelId, wanted: VideoCostOptions) =>
      rows.some((row) => row.id === id && JSON.stringify(row.options) === JSON.stringify(wanted));
    for (const id of videoModelIds()) {
      const model = getVideoModel(id);
      if (model.baseCredits === undefined) continue;
      const traits = traitsOf(id);
      expect(has(id, {})).toBe(true);
      for (const resolution of model.resolutions) expect(has(id, { resolution })).toBe(true);
      for (const duration of model.durations) expect(has(id, { duration: Number(duration) })).toBe(true);
      expect(has(id, { hasAudio: true })).toBe(traits.supportsAudio);
      expect(has(id, { fastMode: true })).toBe(traits.supportsFastMode);
      expect(has(id, { removeWatermark: true })).toBe(traits.supportsWatermarkToggle);
    }
    expect(rows).toHaveLength(298);
  });
});

describe("the rule, by example", () => {
  test.each<[string, VideoModelId, VideoCostOptions, number]>([
    ["the base price", "vid-veo-3.1", {}, 240],
    ["1080p is half as much again", "vid-veo-3.1", { resolution: "1080p" }, 360],
    ["other resolutions cost nothing extra", "vid-seedance-pro", { resolution: "480p" }, 34],
    ["sound is a fifth more", "vid-veo-3.1", { hasAudio: true }, 288],
    ["up to 5 s are in the base price", "vid-veo-3.1", { duration: 4 }, 240],
    ["longer costs in proportion", "vid-veo-3.1", { duration: 8 }, 384],
    [
      "all together, each step rounded up: 360, 432, 691.2",
      "vid-veo-3.1",
      { resolution: "1080p", hasAudio: true, duration: 8 },
      692,
    ],
    ["rounded up after each step: 24, then 38.4", "pixverse-v5", { resolution: "1080p", duration: 8 }, 39],
    ["fast mode takes three tenths off: 34.3", "vid-hailuo-2.3-pro", { fastMode: true }, 35],
    ["no watermark is three tenths more: 60, 78", "kie-sora-2", { duration: 10, removeWatermark: true }, 78],
  ])("%s", (...[, id, options, credits]) => {
    expect(calculateVideoCost(id, options)).toBe(credits);
  });

  test("whole products are not rounded up for the sake of float noise", () => {
    expect(30 * 1.2).toBe(36);
    expect(110 * 1.1).toBeGreaterThan(121);
    expect(calculateVideoCost("vid-hailuo-2.3", { fastMode: true })).toBe(21);
    expect(calculateVideoCost("vid-hailuo-2.3", { duration: 6, fastMode: true })).toBe(26);
    expect(calculateVideoCost("vid-kling-2.6-pro", { duration: 7, hasAudio: true })).toBe(68);
  });

  test("what a model has no choice of costs nothing", () => {
    const all = { hasAudio: true, fastMode: true, removeWatermark: true };
    expect(calculateVideoCost("kie-wan-2.5", all)).toBe(15);
    expect(calculateVideoCost("vid-kling-2.5-pro", all)).toBe(40);
  });

  test("what a model does not offer is priced by the rule all the same", () => {
    expect(calculateVideoCost("vid-lucy-pro", "1080p", false, 10)).toBe(96);
    expect(calculateVideoCost("vid-veo-3.1", { duration: 5.5 })).toBe(264);
    expect(calculateVideoCost("vid-veo-3.1", "4k")).toBe(240);
    expect(calculateVideoCost("vid-veo-3.1", "toString")).toBe(240);
  });
});

describe("a call without a price", () => {
  test.each([0, -1, Number.NaN, Infinity])("a duration of %s throws, naming it", (duration) => {
    const message = `duration must be seconds above 0; got ${duration}.`;
    expect(() => calculateVideoCost("vid-veo-3.1", { duration })).toThrow(new RangeError(message));
    expect(() => calculateVideoCost("vid-veo-3.1", "720p", true, duration)).toThrow(RangeError);
  });

  test("a price too large to be exact throws", () => {
    expect(() => calculateVideoCost("vid-veo-3.1", { duration: 1e12 })).toThrow(RangeError);
  });

  test("an unknown model throws: a price is never a guess", () => {
    const id: string = "veo-3.1";
    expect(() => Reflect.apply(calculateVideoCost, undefined, [id, "720p"])).toThrow("There is no video model");
    expect(() => Reflect.apply(calculateVideoCost, undefined, ["__proto__"])).toThrow("There is no video model");
  });

  test("null for the second argument is no option at all", () => {
    expect(Reflect.apply(calculateVideoCost, undefined, ["vid-veo-3.1", null])).toBe(240);
  });
});
