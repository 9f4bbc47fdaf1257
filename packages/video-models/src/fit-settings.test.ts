import { describe, expect, test } from "vitest";
import { fitSettings } from "./fit-settings.ts";
import type { VideoAspectRatio, VideoResolution } from "./model.ts";
import { type VideoModelId, videoModelIds } from "./registry.ts";

const image = { attachmentImageUrl: "file" };

describe("what is missing", () => {
  test("becomes 16:9, 720p, no extras, and sound as the model has it", () => {
    expect(fitSettings("vid-veo-3.1", {})).toEqual({
      aspectRatio: "16:9",
      duration: 8,
      resolution: "720p",
      generateAudio: true,
      cameraFixed: false,
      fastMode: false,
      removeWatermark: false,
    });
  });

  test.each<[VideoModelId, number | undefined]>([
    ["vid-veo-3.1", 8],
    ["vid-kling-2.5-pro", 5],
    ["vid-hailuo-2.3", 6],
    ["kie-seedance-1.5-pro", 4],
    ["kling-o1", 5],
    ["vid-ovi", undefined],
  ])("%s lasts %s s: its own default, or 5 s, or the first offered", (id, duration) => {
    expect(fitSettings(id, {}).duration).toBe(duration);
  });

  test("sound is on for Veo, off where it must be asked for, and follows the model where there is no choice", () => {
    const audio = (id: VideoModelId) => fitSettings(id, {}).generateAudio;
    expect(audio("vid-veo-3.1-fast")).toBe(true);
    expect(audio("vid-kling-2.6-pro")).toBe(false);
    expect(audio("kie-seedance-1.5-pro")).toBe(false);
    expect(audio("vid-kling-2.5-pro")).toBe(false);
    expect(audio("kie-wan-2.5")).toBe(true);
  });
});

describe("what is not offered", () => {
  test.each<[VideoModelId, number, number]>([
    ["vid-veo-3.1", 5, 4],
    ["vid-veo-3.1", 7, 6],
    ["vid-veo-3.1", 100, 8],
    ["vid-veo-3.1", 1, 4],
    ["vid-veo-3.1", -3, 4],
    ["vid-kling-2.5-pro", 8, 10],
    ["kie-seedance-1.5-pro", 10, 8],
    ["kling-o1", 5.4, 5],
  ])("%s: %s s becomes %s s, of two as near the shorter", (id, wanted, fitted) => {
    expect(fitSettings(id, { duration: wanted }).duration).toBe(fitted);
  });

  test.each<[VideoModelId, VideoResolution, string]>([
    ["kie-seedance-1.5-pro", "1080p", "720p"],
    ["kie-wan-2.5", "360p", "720p"],
    ["pixverse-v5", "480p", "540p"],
    ["vid-seedance-lite", "540p", "480p"],
  ])("%s: %s becomes %s", (id, resolution, fitted) => {
    expect(fitSettings(id, { resolution }).resolution).toBe(fitted);
  });

  test.each<[VideoModelId, VideoAspectRatio, string]>([
    ["vid-kandinsky-5", "16:9", "3:2"],
    ["vid-kandinsky-5", "3:4", "2:3"],
    ["vid-veo-3.1", "21:9", "16:9"],
    ["vid-veo-3.1", "3:4", "9:16"],
    ["vid-veo-3.1", "1:1", "16:9"],
    ["vid-ovi", "4:3", "16:9"],
    ["vid-veo-3.1", "auto", "16:9"],
  ])("%s: %s becomes %s, of two as near the first one offered", (id, aspectRatio, fitted) => {
    expect(fitSettings(id, { aspectRatio }).aspectRatio).toBe(fitted);
  });

  test("a duration is fitted to the resolution", () => {
    expect(fitSettings("pixverse-v5", { resolution: "1080p", duration: 8 })).toMatchObject({
      resolution: "1080p",
      duration: 5,
    });
    expect(fitSettings("pixverse-v5", { resolution: "720p", duration: 8 }).duration).toBe(8);
  });

  test("a control that the mode does not have is left out", () => {
    expect(
      Object.keys(fitSettings("vid-hailuo-2.3-pro", { aspectRatio: "1:1", duration: 5, resolution: "1080p" })),
    ).toEqual(["generateAudio", "cameraFixed", "fastMode", "removeWatermark"]);
    expect(fitSettings("kie-wan-2.5", { aspectRatio: "9:16" }, image)).not.toHaveProperty("aspectRatio");
  });

  test("an extra is off where it is not offered", () => {
    expect(fitSettings("vid-hailuo-2.3", { fastMode: true }).fastMode).toBe(false);
    expect(fitSettings("vid-hailuo-2.3", { fastMode: true }, image).fastMode).toBe(true);
    expect(fitSettings("vid-veo-3.1", { removeWatermark: true, cameraFixed: true })).toMatchObject({
      removeWatermark: false,
      cameraFixed: false,
    });
  });
});

describe("what cannot be read", () => {
  const garbage: readonly unknown[] = [
    Number.NaN,
    Infinity,
    -Infinity,
    1e300,
    "8",
    "",
    null,
    undefined,
    {},
    [],
    true,
    "0:0",
    "1:0",
    "p",
  ];

  test("becomes the default, for every setting of every model", () => {
    for (const id of videoModelIds()) {
      const byDefault = fitSettings(id, {});
      for (const bad of garbage) {
        const settings: Record<string, unknown> = { aspectRatio: bad, duration: bad, resolution: bad };
        expect(fitSettings(id, settings)).toEqual(byDefault);
      }
    }
  });

  test("settings and attachments may be missing altogether", () => {
    expect(fitSettings("vid-veo-3.1", null)).toEqual(fitSettings("vid-veo-3.1", {}));
    expect(fitSettings("vid-veo-3.1", undefined, undefined)).toEqual(fitSettings("vid-veo-3.1", {}));
  });

  test("flags that are no flags count as left out", () => {
    const settings: Record<string, unknown> = {
      generateAudio: "no",
      fastMode: 1,
      cameraFixed: "true",
      removeWatermark: {},
    };
    expect(fitSettings("vid-veo-3.1", settings)).toEqual(fitSettings("vid-veo-3.1", {}));
  });
});

describe("one call after another", () => {
  test("each decides by its own settings, whatever was asked for before", () => {
    const asked = [{ duration: 4 }, { duration: 6 }, {}, { generateAudio: false }, { aspectRatio: "9:16" }] as const;
    const first = asked.map((settings) => fitSettings("vid-veo-3.1", settings));
    const again = asked.toReversed().map((settings) => fitSettings("vid-veo-3.1", settings));
    expect(again.toReversed()).toEqual(first);
    expect(new Set(first.map((fitted) => JSON.stringify(fitted))).size).toBe(asked.length);
  });

  test("returns an object of its own each time", () => {
    const first = fitSettings("vid-veo-3.1", {});
    Object.assign(first, { duration: 4 });
    expect(fitSettings("vid-veo-3.1", {})).toMatchObject({ duration: 8 });
  });
});
