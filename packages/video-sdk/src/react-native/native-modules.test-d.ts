// The published types of the native modules fit as they are. Those of expo's `File` pull in React Native's own globals, which replace
// the DOM's; they are checked where those are at home, in examples/expo.
import type AsyncStorage from "@react-native-async-storage/async-storage";
import type NetInfo from "@react-native-community/netinfo";
import type { uploadAsync } from "expo-file-system/legacy";
import type { AppState } from "react-native/Libraries/AppState/AppState";
import { describe, expectTypeOf, test } from "vitest";
import type { AppStateModule, AsyncStorageModule, ExpoFile, ExpoUploadAsync, NetInfoModule } from "./native-modules.ts";

describe("the native modules", () => {
  // Node resolves the default import of a CommonJS package to its whole module; bundlers do not.
  test("AsyncStorage 2", () => {
    expectTypeOf<typeof AsyncStorage.default>().toExtend<AsyncStorageModule>();
  });

  test("AppState of React Native 0.85", () => {
    expectTypeOf<typeof AppState>().toExtend<AppStateModule>();
  });

  test("NetInfo 12", () => {
    expectTypeOf<typeof NetInfo.default>().toExtend<NetInfoModule>();
  });

  test("uploadAsync of expo-file-system 56", () => {
    expectTypeOf<typeof uploadAsync>().toExtend<ExpoUploadAsync>();
  });

  test("and nothing else fits in their places", () => {
    expectTypeOf<typeof NetInfo.default>().not.toExtend<AppStateModule>();
    expectTypeOf<typeof AppState>().not.toExtend<NetInfoModule>();
    expectTypeOf<Storage>().not.toExtend<AsyncStorageModule>();
    expectTypeOf<typeof globalThis.File>().not.toExtend<ExpoFile>();
    expectTypeOf<(uploadUrl: string, file: Blob) => Promise<Response>>().not.toExtend<ExpoUploadAsync>();
  });
});
