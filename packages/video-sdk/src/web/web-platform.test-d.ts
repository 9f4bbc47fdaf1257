// The platform is passed to the engine as it is.
import { expectTypeOf, test } from "vitest";
import type { EnginePlatform } from "../create-video-engine.ts";
import type { WebPlatform } from "./web-platform.ts";

test("every member is one that the engine knows", () => {
  expectTypeOf<WebPlatform>().toExtend<EnginePlatform>();
  expectTypeOf<keyof WebPlatform>().toExtend<keyof EnginePlatform>();
});
