import { describe, expect, test } from "vitest";
import type { VideoResolution } from "./model.ts";
import {
  findVideoModel,
  getVideoModel,
  isVideoModelId,
  VIDEO_MODELS,
  type VideoModelId,
  videoModelIds,
} from "./registry.ts";
import { UnknownVideoModelError } from "./unknown-video-model-error.ts";

/** No price is published of these. */
const WITHOUT_PRICE: readonly VideoModelId[] = [
  "vid-kling-avatar-2-pro",
  "vid-wan-2.7",
  "vid-happy-horse-1.1",
  "vid-minimax-h3",
  "vid-minimax-h3-reference",
  "vid-luma-ray-3.2",
  "vid-vidu-q3",
  "vid-gemini-omni-flash",
  "vid-gemini-omni-flash-reference",
  "vid-topaz-upscale",
  "vid-sync-lipsync-3",
];

describe("every model", () => {
  const models = videoModelIds().map((id) => [id, VIDEO_MODELS[id]] as const);
  const linesOf = (resolution: VideoResolution) =>
    resolution === "2K" ? 1440 : resolution === "4K" ? 2160 : Number.parseInt(resolution, 10);
  const isAscending = (values: readonly number[]) =>
    values.every((value, i) => i === 0 || value > (values[i - 1] ?? 0));

  test("is one of the 24 of the plan or of the 31 that came later", () => {
    const ofPlan = models.filter(([, { baseCredits }]) => baseCredits !== undefined);
    expect([ofPlan.length, models.length - ofPlan.length]).toEqual([24, 31]);
  });

  test.each(models)("%s lists each value once, durations and resolutions ascending", (_id, model) => {
    for (const lists of [model, ...Object.values(model.inMode ?? {})]) {
      expect(new Set(lists.aspectRatios).size).toBe((lists.aspectRatios ?? []).length);
      const seconds = (lists.durations ?? []).filter((length) => length !== "auto");
      expect(isAscending(seconds)).toBe(true);
      expect((lists.durations ?? []).lastIndexOf("auto")).toBeLessThan(1);
      expect(isAscending((lists.resolutions ?? []).map(linesOf))).toBe(true);
    }
  });

  test.each(models)("%s takes something, and has a prompt limit and an estimate of its time", (_id, model) => {
    expect(model.inputs.length).toBeGreaterThan(0);
    expect(model.promptLimit.max).toBeGreaterThanOrEqual(model.promptLimit.min ?? 1);
    expect(model.expectedMs.p95).toBeGreaterThan(model.expectedMs.p50);
  });

  test.each(models)(
    "%s has a whole base price, or what its provider charges, or waits for the owner's",
    (id, model) => {
      const { baseCredits, cost } = model;
      if (baseCredits === undefined) expect(cost === undefined).toBe(WITHOUT_PRICE.includes(id));
      else expect([Number.isInteger(baseCredits) && baseCredits > 0, cost]).toEqual([true, undefined]);
    },
  );

  test.each(models)("%s prices 5 s unless told otherwise, and offers its own default duration", (_id, model) => {
    expect(model.nominalSeconds).toBe(5);
    expect([undefined, ...model.durations]).toContain(model.defaultSeconds);
  });

  test.each(models)("%s describes itself in a short sentence of its own", (_id, { description, label }) => {
    expect(description).toMatch(/^[A-Z].{10,60}\.$/);
    expect(description).not.toBe(label);
  });

  test("kie comes before fal for the models that kie serves", () => {
    const atKie = models.filter(([, { providers }]) => providers.some((provider) => provider === "kie"));
    for (const [, { providers }] of atKie) expect(providers).toEqual(["kie", "fal"]);
    expect(atKie.map(([id]) => id).sort()).toEqual([
      "kie-seedance-1.5-pro",
      "kie-seedance-1.5-pro-transition",
      "kie-sora-2",
      "kie-wan-2.5",
      "kling-2.5-turbo-transition",
      "vid-kling-2.5-pro",
      "vid-kling-2.6-pro",
    ]);
  });
});

describe("looking up a model", () => {
  test("finds it by its id", () => {
    expect(getVideoModel("vid-ovi").label).toBe("Ovi");
    expect(findVideoModel("vid-ovi")).toBe(VIDEO_MODELS["vid-ovi"]);
  });

  test.each(["__proto__", "constructor", "toString", "hasOwnProperty", "", "vid-ovi ", "VID-OVI"])(
    "%j is no model",
    (id) => {
      expect(isVideoModelId(id)).toBe(false);
      expect(findVideoModel(id)).toBeUndefined();
      expect(() => getVideoModel(id)).toThrow(UnknownVideoModelError);
    },
  );

  test.each([undefined, null, 3, {}, ["vid-ovi"]])("%j is no id", (value) => {
    expect(isVideoModelId(value)).toBe(false);
  });
});

describe("an unknown model", () => {
  const errorOf = (id: string) => {
    try {
      return getVideoModel(id);
    } catch (error) {
      return error;
    }
  };

  test.each<[string, VideoModelId]>([
    ["veo-3.1", "vid-veo-3.1"],
    ["veo3.1_transition", "veo3.1-transition"],
    ["sora-2", "kie-sora-2"],
    ["kling-01", "kling-o1"],
    ["vid-seedance-1.5-pro", "kie-seedance-1.5-pro"],
  ])("%s is answered with %s among the near matches", (id, near) => {
    const error = errorOf(id);
    expect(error).toMatchObject({ name: "UnknownVideoModelError", code: "unknown-model", modelId: id });
    expect(error).toMatchObject({
      message: expect.stringContaining(`"${id}"`),
    });
    expect(error).toMatchObject({ message: expect.stringContaining(near) });
  });

  test("that looks like none gets no suggestion", () => {
    expect(errorOf("zzz")).toMatchObject({ message: 'There is no video model "zzz".' });
  });

  test("is shortened in the message, however long it is", () => {
    const error = errorOf("x".repeat(1_000_000));
    expect(error).toMatchObject({ modelId: "x".repeat(64) });
    expect(String(error).length).toBeLessThan(200);
  });
});
