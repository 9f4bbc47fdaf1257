// What pickers, browsers and Node hand out, as one shape.
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { openAsBlob } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { PNG } from "./__fixtures__/pictures.ts";
import { toLocalFile } from "./to-local-file.ts";

describe("a Blob", () => {
  test("brings its type and size", () => {
    const blob = new Blob([PNG.bytes], { type: "image/png" });
    expect(toLocalFile(blob)).toEqual({
      contentType: "image/png",
      byteLength: PNG.bytes.length,
      fileName: undefined,
      source: blob,
    });
  });

  test("that is a File brings its name, and by it a missing type", () => {
    const file = new File([PNG.bytes], "cat.png");
    expect(toLocalFile(file)).toMatchObject({ contentType: "image/png", fileName: "cat.png", source: file });
  });

  test("of another realm is one by what it can do", () => {
    const foreign = { size: 3, type: "image/webp", slice: () => foreign, arrayBuffer: async () => new ArrayBuffer(3) };
    expect(toLocalFile(foreign)).toMatchObject({ contentType: "image/webp", byteLength: 3, source: foreign });
  });

  test("of a file on Node's disk is one, with its type still to be seen", async () => {
    const folder = await mkdtemp(join(tmpdir(), "attached-"));
    await writeFile(join(folder, "cat.png"), PNG.bytes);
    const blob = await openAsBlob(join(folder, "cat.png"));
    expect(toLocalFile(blob)).toMatchObject({
      contentType: "application/octet-stream",
      byteLength: PNG.bytes.length,
      source: blob,
    });
    await rm(folder, { recursive: true });
  });
});

describe("an asset", () => {
  test("of expo-image-picker brings all it says", () => {
    const asset = {
      uri: "file:///cache/1.jpeg",
      assetId: "1",
      type: "image",
      exif: null,
      base64: null,
      duration: null,
      mimeType: "image/jpeg",
      fileName: "IMG_1.HEIC",
      fileSize: 1234,
      width: 4032,
      height: 3024,
    };
    expect(toLocalFile(asset)).toEqual({
      contentType: "image/jpeg",
      byteLength: 1234,
      fileName: "IMG_1.HEIC",
      width: 4032,
      height: 3024,
      source: { uri: "file:///cache/1.jpeg" },
    });
  });

  test("of react-native-image-picker brings all it says", () => {
    const asset = { uri: "file:///a", type: "video/mp4", fileName: "a", fileSize: 9, width: 720, height: 1280 };
    expect(toLocalFile(asset)).toMatchObject({ contentType: "video/mp4", byteLength: 9, width: 720, height: 1280 });
  });

  test("of expo-document-picker brings all it says", () => {
    const asset = { uri: "file:///b", name: "b.webp", mimeType: "image/webp", size: 8, lastModified: 1 };
    expect(toLocalFile(asset)).toMatchObject({ contentType: "image/webp", byteLength: 8, fileName: "b.webp" });
  });

  test("that says little is taken by the ending of its uri, and 0 and null count as not said", () => {
    const asset = { uri: "file:///c.png", fileName: null, fileSize: 0, width: 0, height: 0 };
    expect(toLocalFile(asset)).toEqual({
      contentType: "image/png",
      byteLength: undefined,
      fileName: undefined,
      source: { uri: "file:///c.png" },
    });
  });

  test("of a picker in a browser is its File, whatever the uri is", () => {
    const file = new File([PNG.bytes], "cat.png", { type: "image/png" });
    const asset = { uri: "data:image/png;base64,AAAA", mimeType: "image/png", width: 40, height: 30, file };
    expect(toLocalFile(asset)).toMatchObject({ source: file, width: 40, height: 30, byteLength: PNG.bytes.length });
  });

  test("with both a uri and the methods of a Blob, as expo's File, is streamed by its uri", () => {
    const file = { uri: "file:///d.png", name: "d.png", type: "image/png", size: 7, slice: () => file };
    expect(toLocalFile(file)).toMatchObject({ source: { uri: "file:///d.png" }, byteLength: 7, fileName: "d.png" });
  });

  test.each(["data:image/png;base64,AAAA", "blob:https://app.example/1"])("%s alone is no file", (uri) => {
    expect(toLocalFile({ uri, mimeType: "image/png" })).toBeUndefined();
  });
});

test.each([[null], [undefined], [7], ["file:///a.png"], [{}], [[]], [{ uri: 7 }], [{ size: 1, type: "image/png" }]])(
  "%j is no file",
  (value) => expect(toLocalFile(value)).toBeUndefined(),
);

test.each([
  [5_500, 5.5],
  [0, undefined],
  [null, undefined],
  [-1, undefined],
  [Number.NaN, undefined],
])("an asset of %s ms is %s seconds long", (duration, seconds) => {
  const asset = { uri: "file:///clips/1.mp4", mimeType: "video/mp4", duration };
  expect(toLocalFile(asset)?.seconds).toBe(seconds);
  expect(toLocalFile({ ...asset, file: new Blob(["clip"], { type: "video/mp4" }) })?.seconds).toBe(seconds);
});
