import { expect, test } from "vitest";
import appModels from "./__fixtures__/app-models.json" with { type: "json" };
import { videoModelIds } from "./registry.ts";
import { VIDEO_MODEL_IDS } from "./video-model-ids.ts";

test("every constant of the app has its name and its id", () => {
  expect(VIDEO_MODEL_IDS).toMatchObject(appModels.ids);
});

test("every model has exactly one constant", () => {
  expect(Object.values(VIDEO_MODEL_IDS).sort()).toEqual([...videoModelIds()].sort());
});
