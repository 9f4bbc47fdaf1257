import { describe, expect, test } from "vitest";
import {
  findVideoModel,
  getVideoModel,
  isVideoModelId,
  VIDEO_MODELS,
  type VideoModelId,
  videoModelIds,
} from "./registry.ts";
import { UnknownVideoModelError } from "./unknown-video-model-error.ts";

describe("every model", () => {
  const models = videoModelIds().map((id) => [id, VIDEO_MODELS[id]] as const);
  const isAscending = (values: readonly number[]) =>
    values.every((value, i) => i === 0 || value > (values[i - 1] ?? 0));

  test("is one of 24", () => {
    expect(models).toHaveLength(24);
  });

  test.each(models)("%s lists each value once, durations and resolutions ascending", (_id, model) => {
    for (const lists of [model, ...Object.values(model.inMode ?? {})]) {
      expect(new Set(lists.aspectRatios).size).toBe((lists.aspectRatios ?? []).length);
      expect(isAscending(lists.durations ?? [])).toBe(true);
      expect(isAscending((lists.resolutions ?? []).map((lines) => Number.parseInt(lines, 10)))).toBe(true);
    }
  });

  test.each(models)("%s takes something, has a prompt limit and a whole base price", (_id, model) => {
    expect(model.inputs.length).toBeGreaterThan(0);
    expect(model.promptLimit.max).toBeGreaterThan(model.promptLimit.min ?? 1);
    expect(Number.isInteger(model.baseCredits) && model.baseCredits > 0).toBe(true);
    expect(model.expectedMs.p95).toBeGreaterThan(model.expectedMs.p50);
  });

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
