import { readdirSync, statSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { CLIP_SHAPES, clipFile, clipFor, nearestShape } from "../src/clips.ts";
import { boxAt, boxesIn } from "./mp4.ts";

const FOLDER = new URL("../clips/", import.meta.url);
const SAMPLES = "moov/trak/mdia/minf/stbl";
const names = readdirSync(FOLDER).flatMap((file) => (file.endsWith(".mp4") ? [file.slice(0, -4)] : []));

describe("the committed clips", () => {
  test("six scenes in six shapes, each small", () => {
    expect(names).toHaveLength(36);
    for (const file of readdirSync(FOLDER)) expect(statSync(new URL(file, FOLDER)).size, file).toBeLessThan(300_000);
  });

  test.each(names)("%s is four seconds of H.264 in its size, ready to be played while it loads", async (name) => {
    const file = await clipFile(name, "mp4");
    const types = boxesIn(new DataView(file.buffer)).map(({ type }) => type);
    expect(types[0]).toBe("ftyp");
    // The index comes before the pictures.
    expect(types.indexOf("moov")).toBeLessThan(types.indexOf("mdat"));
    const entries = boxAt(file, `${SAMPLES}/stsd`);
    expect(boxesIn(new DataView(entries.buffer, entries.byteOffset + 8, entries.byteLength - 8))[0]?.type).toBe("avc1");
    const header = boxAt(file, "moov/mvhd");
    expect(header.getUint32(16) / header.getUint32(12)).toBeCloseTo(4);
    // tkhd ends with width and height as 16.16 fixed point.
    const track = boxAt(file, "moov/trak/tkhd");
    const [width, height] = [track.byteLength - 8, track.byteLength - 4].map((at) => track.getUint32(at) / 65_536);
    expect(name.endsWith(`-${width}x${height}`)).toBe(true);
  });

  test.each(names)("%s has the picture that it begins with", async (name) => {
    expect([...(await clipFile(name, "jpg")).slice(0, 3)]).toEqual([0xff, 0xd8, 0xff]);
  });

  test("is read once", async () => {
    const [first, second] = await Promise.all([clipFile("ocean-512x288", "mp4"), clipFile("ocean-512x288", "mp4")]);
    expect(second).toBe(first);
  });
});

describe("clipFor", () => {
  const wish = { model: "fal-ai/veo3.1", aspectRatio: "16:9" };

  test.each([
    ["A corgi surfing a small wave", "ocean"],
    ["Drone shot over a misty pine forest", "hills"],
    ["A paper boat on a rainy street", "ocean"],
    ["A rainy street", "city"],
    ["A fox in the snow", "snow"],
    ["The night sky", "aurora"],
    ["Ink in water-colour", "ocean"],
    ["Abstract paint", "ink"],
  ])("%s shows %s", (prompt, scene) => {
    expect(clipFor({ ...wish, prompt })).toBe(`${scene}-512x288`);
  });

  test("a prompt without such words has a clip by itself and its model, always the same", () => {
    const prompts = Array.from({ length: 40 }, (_, nth) => `Something ${nth}`);
    const clips = prompts.map((prompt) => clipFor({ ...wish, prompt }));
    expect(new Set(clips).size).toBe(6);
    expect(prompts.map((prompt) => clipFor({ ...wish, prompt }))).toEqual(clips);
    expect(prompts.map((prompt) => clipFor({ ...wish, model: "fal-ai/ovi", prompt }))).not.toEqual(clips);
  });

  test.each([
    ["16:9", CLIP_SHAPES["16:9"]],
    ["9:16", CLIP_SHAPES["9:16"]],
    ["portrait", CLIP_SHAPES["9:16"]],
    ["2:3", CLIP_SHAPES["3:4"]],
    ["5:4", CLIP_SHAPES["4:3"]],
    ["21:9", CLIP_SHAPES["21:9"]],
    ["auto", CLIP_SHAPES["16:9"]],
    ["", CLIP_SHAPES["16:9"]],
    ["0:0", CLIP_SHAPES["16:9"]],
  ])("the shape nearest to %s", (aspectRatio, size) => {
    expect(nearestShape(aspectRatio)).toEqual(size);
  });
});
