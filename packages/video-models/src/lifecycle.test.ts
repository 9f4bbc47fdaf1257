// What becomes of a model that its provider is ending or has ended.
import { describe, expect, test } from "vitest";
import { choicesFor } from "./choices.ts";
import { calculateVideoCost } from "./cost.ts";
import { currentModelOf } from "./current-model-of.ts";
import { fitSettings } from "./fit-settings.ts";
import { checkVideoRequest, parseVideoRequest } from "./parse-video-request.ts";
import { quoteVideo } from "./quote.ts";
import { getVideoModel, isVideoModelId, videoModelIds } from "./registry.ts";
import { sortedVideoModels } from "./sorted-video-models.ts";
import { traitsOf } from "./traits.ts";
import { VideoRequestError } from "./video-request-error.ts";
import type { VideoSettings } from "./video-request.ts";

const idsIn = (stage: string) => videoModelIds().filter((id) => getVideoModel(id).lifecycle.stage === stage);
const RETIRED = idsIn("retired");
const DEPRECATED = idsIn("deprecated");

test("the retired ones are Sora 2 and Seedance Lite, the deprecated ones Seedance 1.5 Pro", () => {
  expect(RETIRED).toEqual(["kie-sora-2", "vid-seedance-lite"]);
  expect(DEPRECATED).toEqual(["kie-seedance-1.5-pro", "kie-seedance-1.5-pro-transition"]);
});

test.each(videoModelIds())("the lifecycle of %s has a date and a usable replacement unless it is available", (id) => {
  const { lifecycle } = getVideoModel(id);
  if (lifecycle.stage === "available") {
    expect(currentModelOf(id)).toBe(id);
    return;
  }
  expect(lifecycle.date).toMatch(/^2026-\d\d(-\d\d)?$/);
  expect(isVideoModelId(lifecycle.replacement)).toBe(true);
  expect(getVideoModel(lifecycle.replacement).lifecycle.stage).toBe("available");
  expect(currentModelOf(id)).toBe(lifecycle.stage === "retired" ? lifecycle.replacement : id);
});

describe("a picker", () => {
  test("leaves out the retired and keeps the deprecated, which say so", () => {
    const listed = sortedVideoModels();
    expect(listed.filter(({ id }) => RETIRED.includes(id))).toEqual([]);
    expect(
      listed
        .filter(({ lifecycle }) => lifecycle.stage === "deprecated")
        .map(({ id }) => id)
        .sort(),
    ).toEqual([...DEPRECATED].sort());
  });

  test("lists the retired on demand, with their flag", () => {
    const ids = sortedVideoModels({ includeRetired: true }).map(({ id }) => id);
    for (const id of RETIRED) {
      expect(ids).toContain(id);
      expect(traitsOf(id).isRetired).toBe(true);
    }
  });
});

describe.each(RETIRED)("%s, which is retired", (id) => {
  const successor = currentModelOf(id);

  test("is refused with the model that replaces it, whatever else the request has", () => {
    for (const rest of [{ prompt: "a fox" }, { prompt: "", duration: -1, attachmentImageUrl: "no URL" }, {}]) {
      const message = `${getVideoModel(id).label} ("${id}") is retired. Use ${getVideoModel(successor).label} ("${successor}") instead.`;
      expect(checkVideoRequest({ model: id, ...rest })).toEqual({
        ok: false,
        code: "model-retired",
        issues: [{ path: "model", message, value: id, allowed: [successor] }],
      });
    }
    expect(() => parseVideoRequest({ model: id, prompt: "a fox" })).toThrow(VideoRequestError);
  });

  const stored: readonly VideoSettings[] = [
    {},
    { duration: 10, aspectRatio: "9:16", resolution: "1080p", generateAudio: false },
    { duration: 15, removeWatermark: true, cameraFixed: true, fastMode: true },
  ];

  test.each(stored)("has its stored settings %j moved to the replacement, which accepts them", (settings) => {
    const moved = fitSettings(id, settings);
    expect(moved).toEqual(fitSettings(successor, settings));
    expect(checkVideoRequest({ model: successor, prompt: "a fox", ...moved })).toMatchObject({ ok: true });
  });

  test("keeps its choices and its price, so that what was made with it stays readable", () => {
    expect(choicesFor(id).durations.length).toBeGreaterThan(0);
    expect(calculateVideoCost(id)).toBeGreaterThan(0);
    const duration = choicesFor(id).durations.at(-1);
    expect(quoteVideo({ model: id, prompt: "a fox", ...(duration && { duration }) }).request.duration).toBe(duration);
  });
});

test("an unknown model has no replacement", () => {
  expect(() => Reflect.apply(currentModelOf, undefined, ["veo"])).toThrow("There is no video model");
});
