// The stored text, and back: nothing is lost on the way, and no text makes the reader throw.
import type { VideoSettings } from "@video-engine/video-models";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readChosen } from "./chosen-settings.ts";
import { decodeSettings, encodeSettings } from "./settings-record.ts";

const RUNS = { numRuns: 1_000, seed: 1 };
const id = fc.oneof(fc.constantFrom("vid-veo-3.1", "pixverse-v5", "__proto__", "constructor", "toString"), fc.string());
const settings = fc.record(
  {
    aspectRatio: fc.constantFrom("16:9", "auto", "2:3", "9:21"),
    duration: fc.oneof(fc.integer({ min: 1, max: 60 }), fc.constant("auto" as const)),
    resolution: fc.constantFrom("360p", "1080p", "2K", "4K"),
    generateAudio: fc.boolean(),
    cameraFixed: fc.boolean(),
    fastMode: fc.boolean(),
    removeWatermark: fc.boolean(),
  },
  { requiredKeys: [], noNullPrototype: true },
);

describe("a stored text", () => {
  test("holds everything that was chosen, whatever the models are called", () => {
    fc.assert(
      fc.property(
        fc.option(id, { nil: undefined }),
        fc.uniqueArray(fc.tuple(id, settings), { selector: ([of]) => of }),
        (model, all) => {
          const record = { model, chosen: new Map<string, VideoSettings>(all) };
          expect(decodeSettings(encodeSettings(record))).toEqual({ kind: "record", record });
        },
      ),
      RUNS,
    );
  });

  test("of anything at all does not make the reader throw, and gives only settings that can be read", () => {
    const member = fc.constantFrom("v", "model", "models", "vid-veo-3.1", "duration", "aspectRatio", "__proto__");
    const { value } = fc.letrec((tie) => ({
      value: fc.oneof(
        { depthSize: "small" },
        fc.constantFrom(null, 0, 1, 2, -1, 1e308, true, "", "16:9", "720p", "8"),
        fc.array(tie("value"), { maxLength: 3 }),
        fc.dictionary(member, tie("value"), { maxKeys: 4 }),
      ),
    }));
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          value.map((any) => JSON.stringify(any)),
        ),
        (text) => {
          const decoded = decodeSettings(text);
          if (decoded.kind !== "record") return;
          for (const chosen of decoded.record.chosen.values()) expect(readChosen(chosen)).toEqual(chosen);
        },
      ),
      RUNS,
    );
  });

  test.each([
    ['{"v":2}', "locked"],
    ['{"v":1.5,"model":"vid-veo-3.1"}', "locked"],
    ['{"v":"2"}', "nothing"],
    ['{"v":0}', "nothing"],
    ["{}", "nothing"],
    ['{"v":1,', "nothing"],
    ['{"v":1}', "record"],
  ] as const)("%s is %s", (text, kind) => {
    expect(decodeSettings(text).kind).toBe(kind);
  });
});
