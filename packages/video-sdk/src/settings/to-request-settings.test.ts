// The settings part of a request has nothing in it that its model would have to fit, ignore or refuse.
import {
  currentModelOf,
  fitSettings,
  resolveVideoRequest,
  VIDEO_MODEL_IDS,
  type VideoModelId,
} from "@video-engine/video-models";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readChosen } from "./chosen-settings.ts";
import { toRequestSettings } from "./to-request-settings.ts";

const ATTACHED = [
  {},
  { attachmentImageUrl: "https://files.test/a.png" },
  { startFrameImageUrl: "https://files.test/a.png", endFrameImageUrl: "https://files.test/b.png" },
  { klingO1Video: "https://files.test/a.mp4" },
] as const;

const anyChosen = fc
  .record(
    {
      aspectRatio: fc.constantFrom("auto", "16:9", "9:16", "1:1", "21:9", "2:3", "99:1"),
      duration: fc.oneof(fc.integer({ min: -1, max: 90 }), fc.double()),
      resolution: fc.constantFrom("360p", "720p", "1080p", "2160p", "none"),
      generateAudio: fc.boolean(),
      cameraFixed: fc.boolean(),
      fastMode: fc.boolean(),
      removeWatermark: fc.boolean(),
    },
    { requiredKeys: [] },
  )
  .map(readChosen);

describe("the settings of a request", () => {
  test("to a retired model are those of its replacement", () => {
    const chosen = { duration: 15, removeWatermark: true, generateAudio: false };
    expect(toRequestSettings({ model: "kie-sora-2", chosen })).toEqual(
      toRequestSettings({ model: "vid-veo-3.1", chosen }),
    );
  });

  test("have no field that is fitted, ignored or refused, and decide the same as what was chosen, for every model", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...Object.values(VIDEO_MODEL_IDS)),
        fc.constantFrom(...ATTACHED),
        anyChosen,
        (chosenModel, attached, chosen) => {
          const settings = toRequestSettings({ model: chosenModel, chosen }, attached);
          const model = currentModelOf(chosenModel);
          const { request, notes } = resolveVideoRequest({ model, prompt: "", ...settings });
          const withFiles = resolveVideoRequest({ model, prompt: "", ...attached, ...settings });
          // Two frames may mean another model.
          const isSetting = ({ field }: { field: string }) => field !== "model" && !Object.hasOwn(attached, field);
          expect(withFiles.notes.filter(isSetting)).toEqual([]);
          expect(withFiles.request).toMatchObject(fitSettings(model, chosen, attached));
          if (Object.keys(attached).length === 0) expect([notes, request]).toEqual([[], withFiles.request]);
        },
      ),
      { numRuns: 2_000, seed: 1 },
    );
  });

  test.each<[VideoModelId, readonly string[]]>([
    ["vid-veo-3.1", ["aspectRatio", "duration", "resolution", "generateAudio"]],
    ["vid-seedance-pro", ["aspectRatio", "duration", "resolution", "cameraFixed"]],
    ["kie-wan-2.5", ["aspectRatio", "duration", "resolution"]],
    ["vid-hailuo-2.3-pro", []],
  ])("of %s are %j", (model, fields) => {
    expect(Object.keys(toRequestSettings({ model, chosen: { removeWatermark: true, fastMode: true } }))).toEqual(
      fields,
    );
  });

  test("follow the attachments: fast mode with an image, no ratio where the image gives the shape", () => {
    const image = { attachmentImageUrl: { uri: "file:///a.png" } };
    expect(toRequestSettings({ model: "vid-hailuo-2.3", chosen: { fastMode: true } }, image)).toMatchObject({
      fastMode: true,
    });
    expect(toRequestSettings({ model: "vid-ovi", chosen: { aspectRatio: "1:1" } }, image)).toEqual({});
  });
});
