import { describe, expect, test } from "vitest";
import { calculateVideoCost } from "./cost.ts";
import { DEFAULT_PRICE_TABLE, type PriceTable } from "./price-table.ts";
import { createPricing } from "./pricing.ts";
import { videoModelIds } from "./registry.ts";

const withBase = (credits: number): PriceTable => ({
  ...DEFAULT_PRICE_TABLE,
  baseCredits: { ...DEFAULT_PRICE_TABLE.baseCredits, "vid-ovi": credits },
});

test("the default table prices as calculateVideoCost does", () => {
  const pricing = createPricing(DEFAULT_PRICE_TABLE);
  for (const id of videoModelIds().filter(pricing.isPriced)) {
    expect(pricing.calculateVideoCost(id, "1080p", true, 10)).toBe(calculateVideoCost(id, "1080p", true, 10));
  }
  expect(pricing.table).toBe(DEFAULT_PRICE_TABLE);
});

test("a changed base price changes that model, in costs and in quotes, and no other", () => {
  const { calculateVideoCost: cost, quoteVideo } = createPricing(withBase(50));
  expect(cost("vid-ovi")).toBe(50);
  expect(quoteVideo({ model: "vid-ovi", prompt: "" }).credits).toBe(50);
  expect(cost("vid-veo-3.1")).toBe(240);
});

test("every factor can be changed", () => {
  const { calculateVideoCost: cost } = createPricing({
    ...DEFAULT_PRICE_TABLE,
    includedSeconds: 6,
    resolutionFactors: { "1080p": 2, "480p": 0.5 },
    audioFactor: 1.1,
    fastModeFactor: 0.333333,
    removeWatermarkFactor: 1,
  });
  expect(cost("vid-veo-3.1", "1080p")).toBe(480);
  expect(cost("vid-seedance-pro", "480p")).toBe(17);
  expect(cost("vid-kling-2.6-pro", { hasAudio: true })).toBe(44);
  expect(cost("vid-hailuo-2.3", { duration: 6 })).toBe(30);
  expect(cost("vid-hailuo-2.3", { duration: 10 })).toBe(50);
  expect(cost("vid-hailuo-2.3", { fastMode: true })).toBe(10);
  expect(cost("kie-sora-2", { removeWatermark: true })).toBe(30);
});

describe("a table that cannot be meant", () => {
  test.each([-1, 1.5, Number.NaN, Infinity])("a base price of %s is refused by name", (credits) => {
    expect(() => createPricing(withBase(credits))).toThrow(
      new RangeError(`baseCredits["vid-ovi"] must be whole, 0 or more; got ${credits}.`),
    );
  });

  test("a missing base price is refused by name", () => {
    const { "vid-ovi": _left, ...baseCredits } = DEFAULT_PRICE_TABLE.baseCredits;
    const table = { ...DEFAULT_PRICE_TABLE, baseCredits };
    expect(() => Reflect.apply(createPricing, undefined, [table])).toThrow('baseCredits["vid-ovi"]');
  });

  test.each([0, -1, Number.NaN, Infinity, 1e-7])("a factor of %s is refused by name", (factor) => {
    expect(() => createPricing({ ...DEFAULT_PRICE_TABLE, audioFactor: factor })).toThrow(
      "audioFactor must be a number above 0",
    );
    expect(() => createPricing({ ...DEFAULT_PRICE_TABLE, includedSeconds: factor })).toThrow("includedSeconds");
    expect(() => createPricing({ ...DEFAULT_PRICE_TABLE, resolutionFactors: { "480p": factor } })).toThrow("480p");
  });

  test("a free model is allowed", () => {
    expect(createPricing(withBase(0)).calculateVideoCost("vid-ovi", { duration: 10 })).toBe(0);
  });
});
