// A file's type by what its owner says of it.
import { describe, expect, test } from "vitest";
import { contentTypeOf } from "./to-local-file.ts";

describe("the type of a file", () => {
  test.each([
    ["image/png", "image/png"],
    ["IMAGE/PNG", "image/png"],
    [" image/webp ", "image/webp"],
    ["image/png; charset=binary", "image/png"],
    ["image/jpg", "image/jpeg"],
    ["image/svg+xml", "image/svg+xml"],
    ["video/quicktime", "video/quicktime"],
  ])("%s is %s", (said, type) => expect(contentTypeOf([said], [])).toBe(type));

  test.each([
    ["IMG_0001.JPG", "image/jpeg"],
    ["a.b.jpeg", "image/jpeg"],
    ["file:///var/tmp/picture.png", "image/png"],
    ["https://cdn.example/a.webp?v=1#x", "image/webp"],
    ["clip.MOV", "video/quicktime"],
    ["clip.mp4", "video/mp4"],
    ["IMG_0002.HEIC", "image/heic"],
  ])("by the name %s is %s", (name, type) => expect(contentTypeOf([undefined], [name])).toBe(type));

  test("what is said goes before the name, and what says nothing is passed over", () => {
    expect(contentTypeOf(["", "image", null, "image/png"], ["x.jpg"])).toBe("image/png");
    expect(contentTypeOf(["application/octet-stream"], ["x.jpg"])).toBe("image/jpeg");
    expect(contentTypeOf(["image"], [null, "content://media/42", "x.png"])).toBe("image/png");
  });

  test.each([
    [[], []],
    [["image"], ["content://media/42"]],
    [[7], [{}]],
    [["/"], ["x.constructor"]],
  ])("%j and %j tell none", (said, names) => expect(contentTypeOf(said, names)).toBe("application/octet-stream"));
});
