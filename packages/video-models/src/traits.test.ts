// The flags that the app's facts have are compared with them in departures.test.ts.
import { expect, test } from "vitest";
import { type VideoModelId, videoModelIds } from "./registry.ts";
import { traitsOf } from "./traits.ts";

test.each<[VideoModelId, readonly string[]]>([
  ["vid-veo-3.1", ["1080p", "4-8 s", "Audio"]],
  ["vid-kling-2.5-pro", ["5-10 s"]],
  ["vid-ovi", ["Audio"]],
  ["kie-seedance-1.5-pro", ["720p", "4-12 s", "Audio"]],
  ["vid-lucy-pro", []],
  ["vid-seedance-2.0", ["4K", "4-15 s", "Audio"]],
  ["vid-veo-3.1-extend", ["720p", "7 s", "Audio"]],
  ["vid-topaz-upscale", []],
])("%s is summed up as %j", (id, specs) => {
  expect(traitsOf(id).specs).toEqual(specs);
});

test("only Kling O1 and its successor take Kling's references, and only its transition is its transition", () => {
  expect(videoModelIds().filter((id) => traitsOf(id).isKlingO1)).toEqual(["kling-o1", "vid-kling-o3-reference"]);
  expect(videoModelIds().filter((id) => traitsOf(id).isKlingO1Transition)).toEqual(["kling-o1-transition"]);
});

test.each<[VideoModelId, number]>([
  ["vid-grok-imagine", 0],
  ["vid-grok-imagine-1.5", 1],
  ["vid-kling-3-pro", 2],
  ["vid-wan-2.7", 3],
  ["vid-sync-lipsync-3", 2],
  ["vid-seedance-2.0-reference", 12],
  ["vid-luma-ray-3.2", 32],
])("%s takes at most %i attachments", (id, most) => {
  expect(traitsOf(id).maxAttachments).toBe(most);
});
