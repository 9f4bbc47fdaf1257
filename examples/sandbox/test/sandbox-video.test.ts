import { describe, expect, test } from "vitest";
import { sandboxVideo, sandboxVideoSize } from "../src/sandbox-video.ts";
import { boxAt, boxesIn } from "./mp4.ts";

const IDR = 5;
const SAMPLES = "moov/trak/mdia/minf/stbl";

describe("sandboxVideo", () => {
  test("is an MP4: it begins with its type and has the index that players need", async () => {
    const file = await sandboxVideo("16:9");
    const types = boxesIn(new DataView(file.buffer)).map(({ type }) => type);
    expect(types[0]).toBe("ftyp");
    expect(types).toEqual(expect.arrayContaining(["mdat", "moov"]));
  });

  test("holds 48 frames of H.264, two seconds of them", async () => {
    const file = await sandboxVideo("16:9");
    // stsd: 4 bytes of version and flags, 4 of count, then the first entry's size and type.
    const entry = boxesIn(new DataView(...after(boxAt(file, `${SAMPLES}/stsd`), 8)))[0];
    expect(entry?.type).toBe("avc1");
    // stsz: version and flags, the common size, the number of samples.
    expect(boxAt(file, `${SAMPLES}/stsz`).getUint32(8)).toBe(48);
    const header = boxAt(file, "moov/mvhd");
    expect(header.getUint32(16) / header.getUint32(12)).toBeCloseTo(2);
  });

  test("every frame is a key frame, as a file without a list of key frames says", async () => {
    const file = await sandboxVideo("16:9");
    expect(() => boxAt(file, `${SAMPLES}/stss`)).toThrow("There is no stss");
    const sizes = boxAt(file, `${SAMPLES}/stsz`);
    // stco: version and flags, the number of chunks, then where the first begins; the frames follow one another.
    let at = boxAt(file, `${SAMPLES}/stco`).getUint32(8);
    for (let frame = 0; frame < 48; frame += 1) {
      const size = sizes.getUint32(12 + frame * 4);
      expect(nalTypes(new DataView(file.buffer, at, size))).toContain(IDR);
      at += size;
    }
  });

  test.each(["16:9", "9:16", "1:1", "4:3", "21:9"])("has the shape of %s", async (aspectRatio) => {
    const [across, down] = aspectRatio.split(":").map(Number);
    // tkhd ends with width and height as 16.16 fixed point.
    const track = boxAt(await sandboxVideo(aspectRatio), "moov/trak/tkhd");
    const [width, height] = [track.byteLength - 8, track.byteLength - 4].map((at) => track.getUint32(at) / 65_536);
    expect(Number(width) / Number(height)).toBeCloseTo(Number(across) / Number(down), 1);
  });

  test("moves: its frames differ in size", async () => {
    const sizes = boxAt(await sandboxVideo("16:9"), `${SAMPLES}/stsz`);
    const distinct = new Set(Array.from({ length: 48 }, (_, frame) => sizes.getUint32(12 + frame * 4)));
    expect(distinct.size).toBeGreaterThan(10);
  });

  test("is made once per shape", async () => {
    const [first, second] = await Promise.all([sandboxVideo("16:9"), sandboxVideo("landscape")]);
    expect(second).toBe(first);
  });
});

test.each([
  ["16:9", 320, 180],
  ["9:16", 180, 320],
  ["portrait", 180, 320],
  ["auto", 320, 180],
  ["nonsense", 320, 180],
  ["0:0", 320, 180],
])("the size for %s is %i x %i", (aspectRatio, width, height) => {
  expect(sandboxVideoSize(aspectRatio)).toEqual({ width, height });
});

function after(view: DataView, offset: number): [ArrayBufferLike, number, number] {
  return [view.buffer, view.byteOffset + offset, view.byteLength - offset];
}

// The types of the units of a frame. Each unit is preceded by its length.
function nalTypes(frame: DataView): number[] {
  const types: number[] = [];
  for (let at = 0; at < frame.byteLength; at += 4 + frame.getUint32(at)) types.push(frame.getUint8(at + 4) & 0x1f);
  return types;
}
