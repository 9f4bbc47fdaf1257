// The platform is passed to the engine as it is.
import { expectTypeOf, test } from "vitest";
import type { EnginePlatform } from "../create-video-engine.ts";
import type { ReactNativePlatform } from "./react-native-platform.ts";

test("every member is one that the engine knows", () => {
  expectTypeOf<ReactNativePlatform>().toExtend<EnginePlatform>();
  expectTypeOf<keyof ReactNativePlatform>().toExtend<keyof EnginePlatform>();
});
