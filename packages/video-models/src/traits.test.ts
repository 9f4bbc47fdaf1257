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
])("%s is summed up as %j", (id, specs) => {
  expect(traitsOf(id).specs).toEqual(specs);
});

test("only Kling O1 is Kling O1, and only its transition is its transition", () => {
  expect(videoModelIds().filter((id) => traitsOf(id).isKlingO1)).toEqual(["kling-o1"]);
  expect(videoModelIds().filter((id) => traitsOf(id).isKlingO1Transition)).toEqual(["kling-o1-transition"]);
});
