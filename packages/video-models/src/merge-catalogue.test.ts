// A released app learns from its server's catalogue: what is retired, what things cost, and which models are new.
import { describe, expect, test } from "vitest";
import { createCatalogue } from "./catalogue.ts";
import { calculateVideoCost } from "./cost.ts";
import { createRegistry } from "./create-registry.ts";
import { isVideoCatalogue, mergeCatalogue } from "./merge-catalogue.ts";
import type { VideoModel } from "./model.ts";
import { kling } from "./models/kling.ts";
import { createPricing } from "./pricing.ts";
import { REACHABLE_REQUESTS } from "./providers/__fixtures__/reachable-requests.ts";
import { getVideoModel, VIDEO_MODELS, type VideoModelId, videoModelIds } from "./registry.ts";

const overTheWire = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
const pricing = createPricing({ creditValueUsd: 0.01, margin: 0.5, baseCredits: { "vid-vidu-q3": 80, "vid-ovi": 30 } });
const served = createCatalogue(pricing);
const withModel = (id: string, model: unknown) => overTheWire({ ...served, models: { ...served.models, [id]: model } });
const veo = getVideoModel("vid-veo-3.1");
const model9: VideoModel = { ...veo, label: "Veo 9" };
/** An id that this version of the app does not know. */
const NEW = "vid-veo-9" as VideoModelId;

describe("the catalogue of a server", () => {
  const merged = mergeCatalogue(overTheWire(served));

  test("survives JSON, every model of it", () => {
    expect(overTheWire(served)).toEqual(served);
    expect(merged.models).toEqual(VIDEO_MODELS);
  });

  test("brings the app's prices, to the credit", () => {
    expect(merged.pricing?.calculateVideoCost("vid-ovi")).toBe(30);
    for (const request of REACHABLE_REQUESTS) {
      if (pricing.isPriced(request.model)) {
        expect(merged.pricing?.quoteVideo(request).credits).toBe(pricing.quoteVideo(request).credits);
      }
    }
  });

  test("of an app without prices of its own has today's charges", () => {
    const { pricing: today } = mergeCatalogue(overTheWire(createCatalogue()));
    expect(today?.calculateVideoCost("vid-veo-3.1", "1080p", true, 8)).toBe(
      calculateVideoCost("vid-veo-3.1", "1080p", true, 8),
    );
  });
});

describe("a model that the server has retired", () => {
  const lifecycle = { stage: "retired", date: "2027-01", replacement: "vid-veo-3.1-lite" } as const;
  const merged = mergeCatalogue(withModel("vid-veo-3.1", { ...veo, lifecycle }));

  test("is left out of the picker and refused with its replacement, and its settings are fitted to that", () => {
    const listed = merged.sortedVideoModels({ pricing: merged.pricing }).map(({ id }) => id);
    expect(listed).not.toContain("vid-veo-3.1");
    expect(listed).toContain("vid-veo-3.1-lite");
    expect(merged.checkVideoRequest({ model: "vid-veo-3.1", prompt: "a fox" })).toMatchObject({
      code: "model-retired",
      issues: [{ allowed: ["vid-veo-3.1-lite"] }],
    });
    expect(merged.currentModelOf("vid-veo-3.1")).toBe("vid-veo-3.1-lite");
    expect(merged.fitSettings("vid-veo-3.1", {})).toEqual(merged.fitSettings("vid-veo-3.1-lite", {}));
  });

  test("is what it was where the app asks the built-in registry", () => {
    expect(getVideoModel("vid-veo-3.1").lifecycle.stage).toBe("available");
  });
});

describe("a model that the app does not know", () => {
  const model: VideoModel = { ...veo, label: "Veo 9", durations: [4, 20], resolutions: ["4K"], baseCredits: 100 };
  const { baseCredits: _, ...unpriced } = model;

  test("is shown, checked and priced by what its data say", () => {
    const prices = { ...served.prices, baseCredits: { ...served.prices.baseCredits, [NEW]: 100 } };
    const catalogue = { ...served, models: { ...served.models, [NEW]: model }, prices };
    const merged = mergeCatalogue(overTheWire(catalogue));
    expect(merged.isVideoModelId(NEW)).toBe(true);
    expect(merged.choicesFor(NEW).durations).toEqual([4, 20]);
    expect(merged.checkVideoRequest({ model: NEW, prompt: "a fox", duration: 20 })).toMatchObject({ ok: true });
    expect(merged.checkVideoRequest({ model: NEW, prompt: "a fox", duration: 8 })).toMatchObject({ ok: false });
    expect(merged.pricing?.calculateVideoCost(NEW, { duration: 20 })).toBe(400);
    expect(merged.sortedVideoModels({ pricing: merged.pricing }).map(({ id }) => id)).toContain(NEW);
  });

  test("is sold only where the server has a price for it, and so is one of ours", () => {
    const shop = createRegistry([kling]);
    const catalogue = { ...served, models: shop.models, prices: shop.createPricing({}).table };
    const merged = mergeCatalogue(overTheWire(catalogue));
    expect(merged.pricing?.calculateVideoCost("kling-o1")).toBe(calculateVideoCost("kling-o1"));
    expect(merged.pricing?.isPriced("vid-veo-3.1")).toBe(false);
  });

  test("is not sold without a price", () => {
    const merged = mergeCatalogue(withModel(NEW, unpriced));
    expect(merged.pricing?.isPriced(NEW)).toBe(false);
    expect(merged.sortedVideoModels({ pricing: merged.pricing }).map(({ id }) => id)).not.toContain(NEW);
  });

  test("with data of a later version is shown, and refused by its name", () => {
    const merged = mergeCatalogue(withModel(NEW, { ...model, inputs: [{ kind: "smell" }] }));
    expect(merged.newer).toEqual([{ id: NEW, label: "Veo 9", description: veo.description }]);
    expect(merged.isVideoModelId(NEW)).toBe(false);
    expect(merged.checkVideoRequest({ model: NEW, prompt: "a fox" })).toMatchObject({
      ok: false,
      code: "unknown-model",
      issues: [{ path: "model", message: 'Veo 9 ("vid-veo-9") needs a newer version of this app.' }],
    });
  });

  test.each<[string, unknown]>([
    ["an input of a kind that this version does not know", { ...model, inputs: [{ kind: "smell" }] }],
    ["a resolution that a request cannot have", { ...model, resolutions: ["16K"] }],
    ["no label", { ...model, label: undefined }],
    ["nothing to start from", { ...model, inputs: [] }],
    ["no object", 7],
    ["a price that is no number", { ...model, cost: { perSecond: "cheap" } }],
    ["a price below nothing", { ...model, cost: { perSecond: -0.1 } }],
    ["a price of nothing", { ...model, cost: { perVideo: 0 } }],
    ["a length without end", { ...model, durations: [1e9] }],
    ["no length but auto", { ...model, durations: ["auto"] }],
    ["more lengths than any form shows", { ...model, durations: Array.from({ length: 10_000 }, (_, at) => at + 1) }],
    ["a label of a book", { ...model, label: "a".repeat(100_000) }],
    ["jobs that are done at once", { ...model, expectedMs: { p50: 0, p95: 0 } }],
    ["jobs that are never done", { ...model, expectedMs: { p50: 60_000, p95: 1e12 } }],
    ["most jobs done before half of them", { ...model, expectedMs: { p50: 60_000, p95: 50_000 } }],
  ])("does not exist with %s", (_, value) => {
    const merged = mergeCatalogue(withModel(NEW, value));
    expect([merged.isVideoModelId(NEW), merged.models]).toEqual([false, VIDEO_MODELS]);
  });
});

describe("a catalogue against the app", () => {
  const { lifecycle: _lifecycle, ...broken } = { ...veo, inputs: [{ kind: "smell" }] };
  const retired = (replacement: string) => ({ stage: "retired", date: "2027-01", replacement }) as const;

  test("a model of ours that is retired with data of a later version is retired", () => {
    const lifecycle = retired("vid-veo-3.1-lite");
    const merged = mergeCatalogue(withModel("vid-veo-3.1", { ...broken, lifecycle }));
    expect(merged.getVideoModel("vid-veo-3.1")).toEqual({ ...veo, lifecycle });
    expect(merged.newer).toEqual([]);
  });

  test.each([
    [[["vid-veo-3.1", "vid-veo-3.1"]]],
    [
      [
        ["vid-veo-3.1", "vid-ovi"],
        ["vid-ovi", "vid-veo-3.1"],
      ],
    ],
    [
      [
        ["vid-veo-3.1", "vid-ovi"],
        ["vid-ovi", "vid-none"],
      ],
    ],
  ] as const)("replacements that lead nowhere (%j) end: there is none", (pairs) => {
    const models = Object.fromEntries(
      pairs.map(([id, instead]) => [id, { ...getVideoModel(id), lifecycle: retired(instead) }]),
    );
    const merged = mergeCatalogue(overTheWire({ ...served, models }));
    expect(merged.currentModelOf("vid-veo-3.1")).toBe("vid-veo-3.1");
    const check = merged.checkVideoRequest({ model: "vid-veo-3.1", prompt: "a fox" });
    expect(check).toMatchObject({
      code: "model-retired",
      issues: [{ message: 'Veo 3.1 ("vid-veo-3.1") is retired.' }],
    });
    expect(merged.fitSettings("vid-veo-3.1", {}).duration).toBe(8);
  });

  test("is merged over the models of the app's own registry", () => {
    const shop = createRegistry([kling]);
    const merged = mergeCatalogue(withModel(NEW, model9), shop);
    expect(Object.keys(merged.models)).toHaveLength(Object.keys(VIDEO_MODELS).length + 1);
    expect(Object.keys(mergeCatalogue(undefined, shop).models)).toEqual(Object.keys(shop.models));
  });

  test("of more models than there can be is not read", () => {
    const models = Object.fromEntries(Array.from({ length: 1_001 }, (_, at) => [`vid-${at}`, model9]));
    expect(isVideoCatalogue({ ...served, models })).toBe(false);
    expect(Object.keys(mergeCatalogue({ ...served, models }).models)).toEqual([...videoModelIds()]);
  });
});

describe("what cannot be read", () => {
  test.each([undefined, null, 7, "[]", [], {}, { version: 2, models: {} }, { version: 1 }, { version: 1, models: [] }])(
    "%j leaves the built-in models, and no prices",
    (catalogue) => {
      const merged = mergeCatalogue(catalogue);
      expect([merged.models, merged.pricing]).toEqual([VIDEO_MODELS, undefined]);
    },
  );

  test("a model of ours with broken data keeps the built-in ones", () => {
    expect(mergeCatalogue(withModel("vid-ovi", { label: "Ovi" })).models["vid-ovi"]).toEqual(getVideoModel("vid-ovi"));
  });

  test.each(["__proto__", "constructor", "toString", "", "a b", "a".repeat(101)])(
    "a model called %j does not exist",
    (id) => {
      const text = JSON.stringify({ ...served, models: {} }).replace(
        '"models":{}',
        `"models":{"${id}":${JSON.stringify(veo)}}`,
      );
      const merged = mergeCatalogue(JSON.parse(text));
      expect(Object.keys(merged.models)).toEqual([...videoModelIds()]);
      expect([merged.newer, merged.pricing?.isPriced("vid-ovi")]).toEqual([[], true]);
      expect(({} as Record<string, unknown>)["label"]).toBeUndefined();
    },
  );

  test.each<object>([
    { margin: 1 },
    { creditValueUsd: 0 },
    { creditValueUsd: -1 },
    { audioFactor: "1" },
    { audioFactor: null },
    { includedSeconds: 0 },
    { baseCredits: { "vid-ovi": -1 } },
    { baseCredits: { constructor: 1 } },
    { costs: { "vid-vidu-q3": { perSecond: -1 } } },
  ])("prices with %j are none", (broken) => {
    const merged = mergeCatalogue(overTheWire({ ...served, prices: { ...served.prices, ...broken } }));
    expect(merged.pricing).toBeUndefined();
  });
});
