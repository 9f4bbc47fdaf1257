// What the jobs' own tests cannot reach: an encoder that breaks rather than refuses.
import { expect, test } from "vitest";
import { resolveVideoRequest } from "../resolve-video-request.ts";
import { encode } from "./encode.ts";
import { Refusal } from "./refusal.ts";

const { request } = resolveVideoRequest({ model: "kling-o1", prompt: "A fox", klingO1Images: [] });

test("a refusal is an answer, so that providers can be compared", () => {
  expect(encode("kie", request)).toBeInstanceOf(Refusal);
});

test("a fault in an encoder is not taken for a refusal", () => {
  const broken = Object.defineProperty({ ...request }, "klingO1Images", {
    get: () => {
      throw new RangeError("broken");
    },
  });
  expect(() => encode("fal", broken)).toThrow(RangeError);
});
