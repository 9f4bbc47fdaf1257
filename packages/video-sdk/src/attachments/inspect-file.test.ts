// What the first bytes of a file tell.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import * as pictures from "./__fixtures__/pictures.ts";
import { GIF, headOfBrand, JPEG, PNG, pngOf, type Picture } from "./__fixtures__/pictures.ts";
import { inspectFile, readImageSize, sniffContentType } from "./inspect-file.ts";
import { toLocalFile } from "./to-local-file.ts";

const { LOSSY_WEBP, LOSSLESS_WEBP, EXTENDED_WEBP, PROGRESSIVE_JPEG } = pictures;
const MEASURED: [string, Picture][] = [
  ["PNG", PNG],
  ["baseline JPEG", JPEG],
  ["progressive JPEG", PROGRESSIVE_JPEG],
  ["lossy WebP", LOSSY_WEBP],
  ["lossless WebP", LOSSLESS_WEBP],
  ["extended WebP", EXTENDED_WEBP],
];

const fileOf = (bytes: Uint8Array<ArrayBuffer>, type = "") => {
  const file = toLocalFile(new Blob([bytes], { type }));
  if (file === undefined) throw new Error("A Blob is a file.");
  return file;
};

describe("a look at a file", () => {
  test.each(MEASURED)(
    "finds type and size of a %s that says neither",
    async (_, { bytes, contentType, width, height }) => {
      expect(await inspectFile(fileOf(bytes))).toMatchObject({ contentType, width, height });
    },
  );

  test("believes the bytes more than the name", async () => {
    expect(await inspectFile(fileOf(PNG.bytes, "image/jpeg"))).toMatchObject({ contentType: "image/png", width: 40 });
  });

  test("leaves a file that tells nothing as it was", async () => {
    const file = fileOf(Uint8Array.from(Buffer.from("no picture")), "image/png");
    expect(await inspectFile(file)).toEqual(file);
  });

  test("reads no more than the first 256 kB", async () => {
    let read = 0;
    const source = {
      size: 5_000_000,
      type: "",
      slice: (start: number, end: number) => {
        read = end - start;
        return new Blob([JPEG.bytes]);
      },
      arrayBuffer: () => Promise.reject(new Error("The whole file was read.")),
    };
    const file = toLocalFile(source);
    expect(file && (await inspectFile(file))).toMatchObject({ contentType: "image/jpeg", width: 41, height: 31 });
    expect(read).toBe(262_144);
  });

  test("passes over what it cannot look at: a uri, and React Native's Blob", async () => {
    for (const source of [{ uri: "file:///a.png" }, { size: 1, type: "image/png", slice: () => undefined }]) {
      const file = toLocalFile(source);
      expect(file && (await inspectFile(file))).toBe(file);
    }
  });

  test("rejects when a file cannot be read any more, with its cause", async () => {
    const cause = new Error("NotReadableError");
    const source = { size: 1, type: "image/png", slice: () => source, arrayBuffer: () => Promise.reject(cause) };
    const file = toLocalFile(source);
    await expect(file && inspectFile(file)).rejects.toBe(cause);
  });
});

describe("the first bytes", () => {
  test.each([
    ["heic", "image/heic"],
    ["heix", "image/heic"],
    ["mif1", "image/heic"],
    ["avif", "image/avif"],
    ["qt  ", "video/quicktime"],
    ["isom", "video/mp4"],
    ["mp42", "video/mp4"],
  ])("of the brand %s are %s", (brand, type) => expect(sniffContentType(headOfBrand(brand))).toBe(type));

  test("of a GIF are a GIF's; those of a text, an empty file or a cut one are unknown", () => {
    expect(sniffContentType(GIF.bytes)).toBe("image/gif");
    for (const bytes of [Buffer.from("<svg/>"), new Uint8Array(), PNG.bytes.slice(0, 7), JPEG.bytes.slice(0, 2)]) {
      expect(sniffContentType(bytes)).toBeUndefined();
    }
  });

  test.each(MEASURED)(
    "of a %s that end too soon tell no size, and throw nothing",
    (_, { bytes, contentType, ...size }) => {
      for (let length = 0; length < bytes.length; length++) {
        const found = readImageSize(contentType, bytes.subarray(0, length));
        if (found !== undefined) expect(found).toEqual({ width: size.width, height: size.height });
      }
      expect(readImageSize(contentType, bytes.subarray(0, 20))).toBeUndefined();
    },
  );

  test("of any kind throw nothing and end", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...MEASURED),
        fc.uint8Array({ maxLength: 400 }),
        ([, { bytes, contentType }], tail) => {
          const broken = Uint8Array.from([...bytes.subarray(0, tail[0] ?? 0), ...tail]);
          sniffContentType(broken);
          const size = readImageSize(contentType, broken);
          expect(size === undefined || (size.width > 0 && size.height > 0)).toBe(true);
        },
      ),
      { seed: 5, numRuns: 2_000 },
    );
  });

  test("of a JPEG may be padded before a marker", () => {
    const padded = Uint8Array.from([0xff, 0xd8, 0xff, 0xff, 0xff, ...JPEG.bytes.subarray(3)]);
    expect(readImageSize("image/jpeg", padded)).toEqual({ width: 41, height: 31 });
  });

  test("that say a size of nothing tell none", () => {
    expect(readImageSize("image/png", pngOf(0, 30))).toBeUndefined();
    expect(readImageSize("image/png", pngOf(4_000_000_000, 1))).toEqual({ width: 4_000_000_000, height: 1 });
  });

  test("are read where they lie in their buffer", () => {
    const shifted = Uint8Array.from([1, 2, 3, ...PNG.bytes]).subarray(3);
    expect(readImageSize("image/png", shifted)).toEqual({ width: 40, height: 30 });
  });
});
