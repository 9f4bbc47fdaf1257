// The platform is spread into the engine's options as it is.
import { expectTypeOf, test } from "vitest";
import type { VideoEngineOptions } from "../create-video-engine.ts";
import type { WebPlatform } from "./web-platform.ts";

test("every member is an option of the engine", () => {
  expectTypeOf<WebPlatform>().toExtend<Pick<VideoEngineOptions, keyof WebPlatform>>();
});
