// What `npm run prices` tells the owner.
import { describe, expect, test } from "vitest";
import { priceRows } from "../scripts/price-rows.ts";
import { createPricing } from "./pricing.ts";
import { getVideoModel, videoModelIds } from "./registry.ts";

const pricing = createPricing({ creditValueUsd: 0.01, margin: 0.4 });
const rows = priceRows(pricing, 0.01);
const rowOf = (model: string, mode: string, option: string) =>
  rows.find((row) => row.model === model && row.mode === mode && row.option === option);

describe("the price list", () => {
  test("has every model that can be asked for, and every option once", () => {
    const sold = videoModelIds().filter((id) => getVideoModel(id).lifecycle.stage !== "retired");
    expect(new Set(rows.map(({ model }) => model))).toEqual(new Set(sold));
    expect(new Set(rows.map(({ model, mode, option }) => [model, mode, option].join())).size).toBe(rows.length);
  });

  test("shows credits, cost and what is left of the price", () => {
    expect(rowOf("vid-kling-3-turbo", "text-to-video", "5 s")).toMatchObject({
      credits: 117,
      costUsd: expect.closeTo(0.7, 9),
    });
    expect(rowOf("vid-kling-3-turbo", "text-to-video", "5 s")?.margin).toBeCloseTo(0.4017, 4);
    expect(rowOf("vid-veo-3.1", "text-to-video", "8 s 1080p sound")).toMatchObject({ credits: 692, costUsd: 3.2 });
    expect(rowOf("vid-hailuo-2.3", "image-to-video", "10 s fast")).toMatchObject({ credits: 42, costUsd: 0.32 });
  });

  test("flags what sells below cost: today's charges for Wan 2.5 do, what follows from a cost never does", () => {
    expect(rowOf("kie-wan-2.5", "text-to-video", "5 s 720p sound")?.margin).toBeLessThan(0);
    const derived = rows.filter(({ model }) => getVideoModel(model).cost !== undefined && pricing.isPriced(model));
    const margins = derived.flatMap(({ margin }) => margin ?? []);
    expect(margins.length).toBeGreaterThan(500);
    expect(Math.min(...margins)).toBeGreaterThanOrEqual(0.4 - 1e-9);
  });

  test("shows what has no price yet, and what has costs that are not known", () => {
    expect(rowOf("vid-vidu-q3", "text-to-video", "5 s 720p")).toMatchObject({ credits: undefined, costUsd: undefined });
    expect(rowOf("vid-kandinsky-5", "text-to-video", "5 s")).toMatchObject({ credits: 12, costUsd: undefined });
  });
});
