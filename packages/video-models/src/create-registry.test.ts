// A registry of chosen families does what the functions for all models do, for its own models only.
import { describe, expect, expectTypeOf, test, vi } from "vitest";
import { choicesFor } from "./choices.ts";
import { createRegistry, type VideoModelFamily } from "./create-registry.ts";
import { fitSettings } from "./fit-settings.ts";
import { kling } from "./models/kling.ts";
import { seedance } from "./models/seedance.ts";
import { sora } from "./models/sora.ts";
import { veo } from "./models/veo.ts";
import { checkVideoRequest } from "./parse-video-request.ts";
import { createPricing } from "./pricing.ts";
import { getVideoModel, type VideoModelId } from "./registry.ts";
import { resolveVideoRequest } from "./resolve-video-request.ts";
import { traitsOf } from "./traits.ts";

const shop = createRegistry([veo, kling]);
const prices = { creditValueUsd: 0.01, margin: 0.2, baseCredits: { "vid-kling-avatar-2-pro": 100 } };
const ids = Object.keys(shop.models).filter(shop.isVideoModelId);

describe("its own models", () => {
  test("are those of its families", () => {
    expect(ids).toHaveLength(18);
    expect(ids.every((id) => /veo|kling/.test(id))).toBe(true);
    expectTypeOf<"vid-kling-3-pro">().toExtend<Parameters<typeof shop.choicesFor>[0]>();
    expectTypeOf<"vid-ovi">().not.toExtend<Parameters<typeof shop.choicesFor>[0]>();
  });

  test.each(ids)("%s is what it is in the registry of all", (id) => {
    const request = { model: id, prompt: "a fox", duration: 5 } as const;
    expect(shop.getVideoModel(id)).toEqual(getVideoModel(id));
    expect(shop.choicesFor(id)).toEqual(choicesFor(id));
    expect(shop.traitsOf(id)).toEqual(traitsOf(id));
    expect(shop.fitSettings(id, { duration: 7 })).toEqual(fitSettings(id, { duration: 7 }));
    expect(shop.checkVideoRequest(request)).toEqual(checkVideoRequest(request));
    expect(shop.resolveVideoRequest(request)).toEqual(resolveVideoRequest(request));
    expect(shop.createPricing(prices).quoteVideo(request)).toEqual(createPricing(prices).quoteVideo(request));
  });

  test("are listed in the picker's order, as far as they have a price", () => {
    expect(shop.sortedVideoModels().map(({ id }) => id)[0]).toBe("vid-veo-3.1");
    expect(shop.sortedVideoModels()).toHaveLength(9);
    expect(shop.sortedVideoModels({ pricing: shop.createPricing(prices) })).toHaveLength(18);
  });
});

describe("other models", () => {
  const id: VideoModelId = "vid-ovi";

  test("are unknown, and the near matches are its own", () => {
    expect(shop.isVideoModelId(id)).toBe(false);
    expect(() => shop.getVideoModel(id)).toThrow('There is no video model "vid-ovi".');
    expect(() => shop.getVideoModel("veo-3.1")).toThrow("Did you mean vid-veo-3.1");
    expect(shop.checkVideoRequest({ model: id, prompt: "a fox" })).toMatchObject({ ok: false, code: "unknown-model" });
    expect(() => shop.createPricing(prices).quoteVideo({ model: id, prompt: "" })).toThrow("There is no video model");
    expect(shop.isVideoModelId("constructor")).toBe(false);
  });

  test("take no retired one's place: it stays as it is, and is refused all the same", () => {
    const old = createRegistry([sora]);
    expect(old.currentModelOf("kie-sora-2")).toBe("kie-sora-2");
    expect(old.checkVideoRequest({ model: "kie-sora-2", prompt: "a fox" })).toMatchObject({
      code: "model-retired",
      issues: [{ message: 'Sora 2 ("kie-sora-2") is retired.', allowed: undefined }],
    });
    expect(createRegistry([sora, veo]).currentModelOf("kie-sora-2")).toBe("vid-veo-3.1");
    expect(createRegistry([seedance]).currentModelOf("vid-seedance-lite")).toBe("vid-seedance-pro-fast");
  });
});

test("a picker of many models asks each for its price once", () => {
  const many: VideoModelFamily = () =>
    Object.fromEntries(
      Array.from({ length: 60 }, (_, nth) => [`vid-${nth}`, { ...getVideoModel("vid-ovi"), label: `${nth}` }]),
    );
  const isPriced = vi.fn(() => true);
  expect(createRegistry([many]).sortedVideoModels({ pricing: { isPriced } })).toHaveLength(60);
  expect(isPriced).toHaveBeenCalledTimes(60);
});
