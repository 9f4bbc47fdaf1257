// The rules of a file in its place, before any byte of it is sent.
import { describe, expect, test } from "vitest";
import { UPLOAD_TYPES as SERVER_TYPES } from "../server/uploads/upload-types.ts";
import { checkFile, fileLimits, UPLOAD_LIMITS, type FileFacts } from "./check-file.ts";

const PICTURE: FileFacts = {
  contentType: "image/jpeg",
  byteLength: 2_000_000,
  fileName: undefined,
  width: 1600,
  height: 900,
};
const VEO = { model: "vid-veo-3.1", path: "attachmentImageUrl" };
const KLING = { model: "vid-kling-2.6-pro", path: "attachmentImageUrl" };
const FRAME = { model: "kling-o1-transition", path: "startFrameImageUrl" };
const MAIN_VIEW = { model: "kling-o1", path: "klingO1Elements.1.frontalImageUrl" };
const CLIP = { model: "kling-o1", path: "klingO1Video" };

describe("a type", () => {
  test.each(["image/png", "image/jpeg", "image/webp"])("%s is taken as a picture", (contentType) => {
    for (const use of [VEO, KLING, FRAME, MAIN_VIEW]) expect(checkFile({ ...PICTURE, contentType }, use)).toEqual([]);
  });

  test.each(["video/mp4", "video/quicktime"])("%s is taken as the clip to edit, and as no picture", (contentType) => {
    const clip = { ...PICTURE, contentType };
    expect(checkFile(clip, CLIP)).toEqual([]);
    expect(checkFile(clip, VEO)).toMatchObject([{ path: "attachmentImageUrl", value: contentType }]);
  });

  test("that is not taken is named, with what is and with the way out", () => {
    expect(checkFile({ ...PICTURE, contentType: "image/heic" }, KLING)).toEqual([
      {
        path: "attachmentImageUrl",
        rule: "wrong-type",
        value: "image/heic",
        limit: "image/png, image/jpeg, image/webp",
        allowed: ["image/png", "image/jpeg", "image/webp"],
        message:
          "Kling 2.6 Pro takes image/png, image/jpeg, image/webp here; this file is image/heic. Convert it, or ask the picker for a JPEG.",
      },
    ]);
    expect(checkFile(PICTURE, CLIP)).toMatchObject([{ message: expect.stringContaining("Convert it to MP4.") }]);
  });

  test("that is missing is asked for; one that only the bytes tell is waited for", () => {
    const unknown = { ...PICTURE, contentType: "application/octet-stream" };
    expect(checkFile(unknown, VEO)).toMatchObject([
      { message: expect.stringMatching(/no content type.*the mimeType of the asset/) },
    ]);
    expect(checkFile({ ...PICTURE, contentType: undefined }, VEO)).toEqual([]);
  });
});

describe("a size", () => {
  test.each([
    ["any upload of a picture", "image/png", undefined, 20_000_000],
    ["any upload of a clip", "video/mp4", undefined, 200_000_000],
    ["a picture for a model of fal's alone", "image/png", VEO, 20_000_000],
    ["a picture for a model that kie serves", "image/png", KLING, 10_000_000],
    ["a first frame of Kling O1", "image/png", FRAME, 10_000_000],
    ["the clip to edit", "video/mp4", CLIP, 200_000_000],
  ])("of %s (%s) ends where it ends, to the byte", (_, contentType, use, maxBytes) => {
    const file = { contentType, fileName: undefined };
    expect(checkFile({ ...file, byteLength: maxBytes }, use)).toEqual([]);
    const [issue] = checkFile({ ...file, byteLength: maxBytes + 1 }, use);
    expect(issue).toMatchObject({ path: use?.path ?? "", value: maxBytes + 1 });
    expect(issue?.message).toMatch(
      `takes at most ${maxBytes} bytes here; this file has ${maxBytes + 1}. Make it smaller.`,
    );
  });

  test("of a file that is still unknown is held against the model's limit", () => {
    const file = { contentType: undefined, byteLength: 10_000_001, fileName: undefined };
    expect(checkFile(file, KLING)).toHaveLength(1);
    expect(checkFile(file, VEO)).toEqual([]);
  });

  test("of nothing is refused, and one that is not known is not", () => {
    expect(checkFile({ ...PICTURE, byteLength: 0 }, VEO)).toMatchObject([
      { message: expect.stringContaining("empty") },
    ]);
    expect(checkFile({ ...PICTURE, byteLength: undefined }, VEO)).toEqual([]);
  });
});

describe("pixels", () => {
  const sized = (width: number, height: number, contentType = "image/png") => ({
    ...PICTURE,
    contentType,
    width,
    height,
  });

  test.each([FRAME, MAIN_VIEW])("of $path of $model are held against what fal states of them", (use) => {
    for (const [width, height] of [
      [300, 300],
      [300, 750],
      [750, 300],
    ] as const)
      expect(checkFile(sized(width, height), use)).toEqual([]);
    expect(checkFile(sized(299, 300), use)).toMatchObject([
      { path: use.path, value: "299 x 300", message: expect.stringMatching(/at least 300 pixels.*299 x 300.*larger/) },
    ]);
    for (const [width, height] of [
      [300, 751],
      [751, 300],
    ] as const)
      expect(checkFile(sized(width, height), use)).toMatchObject([
        { value: `${width} x ${height}`, message: expect.stringMatching(/0\.4 to 2\.5 times.*Crop it/) },
      ]);
  });

  test("of the clip to edit are held against what fal states of it", () => {
    expect(checkFile(sized(1280, 720, "video/mp4"), CLIP)).toEqual([]);
    expect(checkFile(sized(2160, 2160, "video/mp4"), CLIP)).toEqual([]);
    expect(checkFile(sized(1280, 719, "video/mp4"), CLIP)).toMatchObject([{ value: "1280 x 719" }]);
    expect(checkFile(sized(2161, 720, "video/mp4"), CLIP)).toMatchObject([
      { message: expect.stringMatching(/at most 2160 pixels.*Scale it down/) },
    ]);
  });

  test("are not judged where nothing is stated: other pictures, other models, no place, and where they are not known", () => {
    const narrow = sized(10, 1000);
    for (const path of ["klingO1Images.0", "klingO1Elements.0.referenceImageUrls.0"])
      expect(checkFile(narrow, { model: "kling-o1", path })).toEqual([]);
    expect(checkFile(narrow, { ...FRAME, path: "endFrameImageUrl" })).toEqual([]);
    expect(checkFile(narrow, VEO)).toEqual([]);
    expect(checkFile(narrow)).toEqual([]);
    expect(checkFile({ contentType: "image/png", byteLength: 5, fileName: undefined }, FRAME)).toEqual([]);
  });
});

test("one file has one issue, of the first rule that it breaks", () => {
  expect(checkFile({ ...PICTURE, contentType: "image/gif", byteLength: 0, width: 1, height: 1 }, FRAME)).toHaveLength(
    1,
  );
});

test("the limits name models that exist, and an unknown model has those of any upload", () => {
  expect(fileLimits(FRAME).whose).toBe("Kling O1 Transition");
  expect(fileLimits({ model: "kling-o1", path: "klingO1Video" }).whose).toBe("Kling O1 Edit");
  expect(fileLimits({ model: "no-such-model", path: "attachmentImageUrl" })).toEqual({
    whose: "An upload",
    contentTypes: ["image/png", "image/jpeg", "image/webp"],
  });
});

test("the types and sizes of any upload are those of the presign route", () => {
  const ofServer = [...SERVER_TYPES].map(([type, { maxBytes }]) => [type, maxBytes]);
  expect(Object.entries(UPLOAD_LIMITS)).toEqual(ofServer);
});

describe("the length of a clip", () => {
  const clip = { contentType: "video/mp4", byteLength: 1_000_000, fileName: undefined };

  test.each([3, 5, 10.05])("of %s seconds is taken for Kling O1", (seconds) => {
    expect(checkFile({ ...clip, seconds }, CLIP)).toEqual([]);
  });

  test.each([0.5, 2.9, 10.1, 60])("of %s seconds is refused, with the limit and the way out", (seconds) => {
    const message = `Kling O1 Edit takes clips of 3 to 10.05 seconds here; this has ${seconds}. Cut it.`;
    expect(checkFile({ ...clip, seconds }, CLIP)).toEqual([
      { path: "klingO1Video", message, rule: "wrong-length", value: seconds, limit: "3 to 10.05" },
    ]);
  });

  test("that no picker said is not checked", () => {
    expect(checkFile(clip, CLIP)).toEqual([]);
  });
});
