import { expectTypeOf, test } from "vitest";
import {
  calculateVideoCost,
  getVideoModel,
  VIDEO_MODEL_IDS,
  VIDEO_MODELS,
  type VideoModel,
  type VideoModelId,
} from "./index.ts";

test("an id is one of the keys, not any text", () => {
  expectTypeOf<"vid-veo-3.1">().toExtend<VideoModelId>();
  expectTypeOf<"veo-3.1">().not.toExtend<VideoModelId>();
  expectTypeOf(VIDEO_MODEL_IDS.VEO_3_1).toEqualTypeOf<"vid-veo-3.1">();
});

test("looking up a known id gives a model, without undefined", () => {
  expectTypeOf(VIDEO_MODELS["vid-ovi"]).toEqualTypeOf<VideoModel>();
  expectTypeOf(getVideoModel("whatever")).toEqualTypeOf<VideoModel>();
});

test("a cost is asked for in two shapes, of a known model", () => {
  expectTypeOf(calculateVideoCost("vid-ovi", "720p", true, 5, false, false)).toEqualTypeOf<number>();
  expectTypeOf(calculateVideoCost("vid-ovi", { resolution: "720p", duration: 5 })).toEqualTypeOf<number>();
  // @ts-expect-error: no such model
  calculateVideoCost("ovi");
  // @ts-expect-error: no such option
  calculateVideoCost("vid-ovi", { seconds: 5 });
});
