import { expect, test } from "vitest";
import { sortedVideoModels } from "./sorted-video-models.ts";

test("Veo 3.1 comes first, then the new models by label, then the others by label", () => {
  const [first, ...rest] = sortedVideoModels();
  expect(first?.id).toBe("vid-veo-3.1");
  const labels = (isNew: boolean) => rest.filter((model) => model.isNew === isNew).map(({ label }) => label);
  expect(rest.map(({ label }) => label)).toEqual([...labels(true), ...labels(false)]);
  for (const isNew of [true, false]) expect(labels(isNew)).toEqual([...labels(isNew)].sort());
  expect(rest.map(({ id }) => id).slice(0, 2)).toEqual(["vid-hailuo-2.3-pro", "vid-hailuo-2.3"]);
});

test("retired models are left out unless asked for; then Sora 2 is second", () => {
  expect(sortedVideoModels()).toHaveLength(22);
  expect(sortedVideoModels().some(({ lifecycle }) => lifecycle.stage === "retired")).toBe(false);
  expect(sortedVideoModels({ includeRetired: true })).toHaveLength(24);
  expect(sortedVideoModels({ includeRetired: true })[1]?.id).toBe("kie-sora-2");
});
