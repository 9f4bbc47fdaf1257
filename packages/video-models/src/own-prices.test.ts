// The owner's prices: credits from what the provider charges, and a price of their own where nothing is published.
import { describe, expect, test } from "vitest";
import { calculateVideoCost } from "./cost.ts";
import { DEFAULT_PRICE_TABLE } from "./price-table.ts";
import { createPricing } from "./pricing.ts";
import { REACHABLE_REQUESTS } from "./providers/__fixtures__/reachable-requests.ts";
import { quoteVideo } from "./quote.ts";
import { getVideoModel, type VideoModelId, videoModelIds } from "./registry.ts";
import { sortedVideoModels } from "./sorted-video-models.ts";
import { UnpricedVideoModelError } from "./unpriced-video-model-error.ts";
import type { VideoRequest } from "./video-request.ts";

const cent = { creditValueUsd: 0.01, margin: 0 } as const;
const ofPlan = videoModelIds().filter((id) => getVideoModel(id).baseCredits !== undefined);
const withCost = videoModelIds().filter((id) => getVideoModel(id).cost !== undefined);
const withoutPrice = videoModelIds().filter((id) => !ofPlan.includes(id) && !withCost.includes(id));

describe("credits from what the provider charges", () => {
  test.each<[string, VideoRequest, number]>([
    ["5 s with sound at 0.168", { model: "vid-kling-3-pro", prompt: "", duration: 5 }, 84],
    ["without sound at 0.112", { model: "vid-kling-3-pro", prompt: "", duration: 5, generateAudio: false }, 56],
    ["by resolution: 10 s of 4K at 0.32", { model: "vid-ltx-2.3", prompt: "", duration: 10, resolution: "4K" }, 320],
    [
      "by mode: an image is cheaper, 0.24",
      { model: "vid-ltx-2.3", prompt: "", duration: 10, resolution: "4K", attachmentImageUrl: "a" },
      240,
    ],
    [
      "by tokens: 1 s less than it is at 720p",
      { model: "vid-seedance-2.0", prompt: "", duration: 4, resolution: "480p" },
      57,
    ],
    ["auto as the longest: 15 s at 0.3034", { model: "vid-seedance-2.0", prompt: "", duration: "auto" }, 456],
    ["an edit as the longest: 10 s at 0.336", { model: "vid-kling-o3-reference", prompt: "", klingO1Video: "a" }, 336],
    [
      "reference videos with their seconds: 20 s at 0.1814",
      { model: "vid-seedance-2.0-reference", prompt: "", duration: 5, referenceVideoUrls: ["a"] },
      363,
    ],
    ["a fixed length: 5 s at 0.075", { model: "vid-hunyuan-1.5", prompt: "" }, 38],
  ])("%s", (_, request, credits) => {
    const quote = createPricing(cent).quoteVideo(request);
    expect(quote.credits).toBe(credits);
    expect(quote.lines).toEqual([{ label: getVideoModel(request.model).label, credits }]);
  });

  test("rise with the margin, and fall with the credit's value", () => {
    const cost = (creditValueUsd: number, margin?: number) =>
      createPricing({ creditValueUsd, ...(margin && { margin }) }).calculateVideoCost("vid-kling-3-turbo", {
        duration: 5,
      });
    expect([cost(0.01), cost(0.01, 0.5), cost(0.01, 0.3), cost(0.05)]).toEqual([70, 140, 100, 14]);
  });

  test("are never less than the cost, for any margin", () => {
    for (const margin of [0, 0.1, 0.333, 0.9]) {
      const { calculateVideoCost: credits } = createPricing({ creditValueUsd: 0.007, margin });
      expect(credits("vid-kling-3-turbo", { duration: 3 }) * 0.007 * (1 - margin)).toBeGreaterThanOrEqual(0.42 - 1e-9);
    }
  });

  test("are those of the model's own resolution where none is named", () => {
    const { calculateVideoCost: cost } = createPricing(cent);
    for (const id of withCost) expect([id, cost(id) > 0]).toEqual([id, true]);
    expect(cost("vid-pixverse-6", { duration: 10 })).toBe(cost("vid-pixverse-6", { duration: 10, resolution: "720p" }));
    expect(cost("vid-ltx-2.3", "1080p", false, 10)).toBe(cost("vid-ltx-2.3", { duration: 10 }));
  });

  test("leave today's charges as they are", () => {
    const pricing = createPricing({ creditValueUsd: 0.001, margin: 0.9 });
    for (const id of ofPlan) {
      const options = { resolution: "1080p", hasAudio: true, duration: 10 };
      expect(pricing.calculateVideoCost(id, options)).toBe(calculateVideoCost(id, options));
    }
  });
});

describe("a price of the owner's own", () => {
  test.each(withoutPrice)("is needed for %s, which is named when it is first quoted", (model) => {
    const pricing = createPricing(cent);
    expect(pricing.isPriced(model)).toBe(false);
    expect(() => pricing.quoteVideo({ model, prompt: "" })).toThrow(UnpricedVideoModelError);
    expect(() => pricing.calculateVideoCost(model)).toThrow(
      `${getVideoModel(model).label} ("${model}") has no price. No price of its provider is published. Give createPricing its base price in baseCredits, or what you pay for it in costs.`,
    );
  });

  test("by the rule, as base credits", () => {
    const { calculateVideoCost: cost, isPriced } = createPricing({ baseCredits: { "vid-vidu-q3": 50 } });
    expect([isPriced("vid-vidu-q3"), isPriced("vid-wan-2.7")]).toEqual([true, false]);
    expect(cost("vid-vidu-q3", { duration: 10, resolution: "1080p" })).toBe(150);
    expect(cost("vid-veo-3.1")).toBe(240);
  });

  test("by what the owner pays, also where another price is published", () => {
    const costs = { "vid-wan-2.7": { perSecond: { "720p": 0.1 } }, "vid-kling-3-pro": { perVideo: 0.5 } } as const;
    const { calculateVideoCost: cost } = createPricing({ ...cent, costs });
    expect(cost("vid-wan-2.7", { duration: 8, resolution: "720p" })).toBe(80);
    expect(cost("vid-kling-3-pro", { duration: 15 })).toBe(50);
    expect(() => cost("vid-wan-2.7", { duration: 8, resolution: "1080p" })).toThrow(
      'Wan 2.7 ("vid-wan-2.7") 1080p has no price.',
    );
  });

  test("is never missing for a single option that a form can offer", () => {
    const { quoteVideo: quote } = createPricing(cent);
    const offered = REACHABLE_REQUESTS.filter(({ model }) => withCost.includes(model));
    expect(Math.min(...offered.map((request) => quote(request).credits))).toBeGreaterThan(0);
  });
});

describe("without the value of a credit", () => {
  test.each(withCost)("%s has no price, and the way to one is named", (model) => {
    expect(() => quoteVideo({ model, prompt: "" })).toThrow(
      `${getVideoModel(model).label} ("${model}") has no price. Give createPricing a creditValueUsd, or its base price in baseCredits.`,
    );
  });

  test("the error can be told apart and names the model", () => {
    const failed = () => calculateVideoCost("vid-ltx-2.3");
    expect(failed).toThrow(expect.objectContaining({ code: "unpriced-model", modelId: "vid-ltx-2.3" }));
  });
});

describe("a picker", () => {
  const idsBy = (pricing?: ReturnType<typeof createPricing>) => sortedVideoModels({ pricing }).map(({ id }) => id);
  const isRetired = (id: VideoModelId) => getVideoModel(id).lifecycle.stage === "retired";

  test("lists the models of the plan where the app has said nothing of prices", () => {
    expect(new Set(idsBy())).toEqual(new Set(ofPlan.filter((id) => !isRetired(id))));
  });

  test("lists what the app's prices can price", () => {
    expect(new Set(idsBy(createPricing(cent)))).toEqual(
      new Set([...ofPlan, ...withCost].filter((id) => !isRetired(id))),
    );
    const baseCredits = Object.fromEntries(withoutPrice.map((id) => [id, 10]));
    expect(idsBy(createPricing({ ...cent, baseCredits }))).toHaveLength(53);
  });
});

describe("prices that cannot be meant", () => {
  test.each([0, -1, Number.NaN, Infinity])("a credit's value of %s", (creditValueUsd) => {
    expect(() => createPricing({ creditValueUsd })).toThrow("creditValueUsd must be a number above 0");
  });

  test.each([-0.1, 1, 40, Number.NaN])("a margin of %s", (margin) => {
    expect(() => createPricing({ creditValueUsd: 0.01, margin })).toThrow(
      new RangeError(`margin must be 0 to less than 1; got ${margin}.`),
    );
  });

  test("a base price that is not whole", () => {
    expect(() => createPricing({ baseCredits: { "vid-vidu-q3": 1.5 } })).toThrow('baseCredits["vid-vidu-q3"]');
  });

  test("a whole table may have both", () => {
    const { calculateVideoCost: cost } = createPricing({ ...DEFAULT_PRICE_TABLE, ...cent, includedSeconds: 6 });
    expect([cost("vid-kling-3-turbo", { duration: 5 }), cost("vid-hailuo-2.3", { duration: 6 })]).toEqual([70, 30]);
  });
});

describe("what is no price is refused when it is given, by its name", () => {
  const { audioFactor: _, ...incomplete } = DEFAULT_PRICE_TABLE;
  const kling3 = (cost: unknown) => ({ ...cent, costs: { "vid-kling-3-pro": cost } });
  test.each<[string, unknown]>([
    ["creditValueUsd must be a number above 0; got 0", { creditValueUsd: 0 }],
    ["creditValueUsd must be a number above 0; got -1", { creditValueUsd: -1 }],
    ["creditValueUsd must be a number above 0; got NaN", { creditValueUsd: Number.NaN }],
    ["creditValueUsd must be a number above 0; got Infinity", { creditValueUsd: Infinity }],
    ["creditValueUsd must be a number above 0; got 0.01", { creditValueUsd: "0.01" }],
    ["margin must be 0 to less than 1; got -1", { ...cent, margin: -1 }],
    ["margin must be 0 to less than 1; got 1", { ...cent, margin: 1 }],
    ["margin must be 0 to less than 1; got Infinity", { ...cent, margin: Infinity }],
    ["margin must be 0 to less than 1; got NaN", { ...cent, margin: Number.NaN }],
    ["margin must be 0 to less than 1; got 0.5", { ...cent, margin: "0.5" }],
    ["creditValueUSD: there is no such price", { creditValueUSD: 0.01 }],
    ["audioFactor must be a number above 0; got undefined", incomplete],
    ["resolutionFactors must be an object", { ...DEFAULT_PRICE_TABLE, resolutionFactors: undefined }],
    ["baseCredits must be an object", { ...DEFAULT_PRICE_TABLE, baseCredits: undefined }],
    ['baseCredits["vid-vidu-q3"] must be whole', { baseCredits: { "vid-vidu-q3": 1.5 } }],
    ['costs["vid-kling-3-pro"] must be an object', kling3(3)],
    ['costs["vid-kling-3-pro"].perSecond must be a number above 0; got -1', kling3({ perSecond: -1 })],
    ['costs["vid-kling-3-pro"].perSecond.720p must be', kling3({ perSecond: { "720p": Number.NaN } })],
    ['costs["vid-kling-3-pro"].perSecond.sound must be', kling3({ perSecond: { sound: 0 } })],
    ['costs["vid-kling-3-pro"].perSec: there is no such price', kling3({ perSec: 1 })],
    ['costs["vid-kling-3-pro"].inMode.extend.perVideo must be', kling3({ inMode: { extend: { perVideo: null } } })],
    ['costs["vid-kling-3-pro"].withReferenceVideos must be', kling3({ withReferenceVideos: 1 })],
  ])("%s", (message, prices) => {
    expect(() => createPricing(prices as never)).toThrow(RangeError); // wrong on purpose
    expect(() => createPricing(prices as never)).toThrow(message);
  });

  test("costs of the owner's that lack an option name the model and the option when it is quoted", () => {
    const pricing = createPricing({ ...cent, costs: { "vid-ltx-2.3": { perSecond: { "1080p": 0.1 } } } });
    const quote = (resolution: "1080p" | "4K") => pricing.quoteVideo({ model: "vid-ltx-2.3", prompt: "", resolution });
    expect(quote("1080p").credits).toBeGreaterThan(0);
    expect(() => quote("4K")).toThrow(/LTX.*"vid-ltx-2.3"\) 4K.*has no price. The costs that createPricing was given/);
  });

  test("what costs something is not sold for nothing, whatever a credit is worth", () => {
    expect(createPricing({ creditValueUsd: 1e9 }).calculateVideoCost("vid-kling-3-turbo", { duration: 5 })).toBe(1);
  });
});
