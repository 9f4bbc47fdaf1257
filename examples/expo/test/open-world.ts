// The real engine around the screen: fake books, provider and uploads on simulated time, and the device's storage, lifecycle and network.
import AsyncStorage from "@react-native-async-storage/async-storage";
import NetInfo from "@react-native-community/netinfo";
import { defaultPollingPolicy, type VideoEngine } from "@video-engine/video-sdk";
import { composeEngine, type ComposedEngineOptions } from "@video-engine/video-sdk/adapters";
import { reactNativePlatform } from "@video-engine/video-sdk/react-native";
import { createTestEngine, type TestEngine, type TestEngineOptions } from "@video-engine/video-sdk/testing";
import { AppState } from "react-native";
import { booksReader } from "./books-reader.ts";

export const USER = "user_test";

/** A world with an engine in it, as the app starts one. What the device's storage has is found there. */
export function openWorld(options: TestEngineOptions = {}): TestEngine {
  const world: TestEngine = createTestEngine({ ...partsOf(() => world), ...options });
  return world;
}

/** The same world after the app was closed and opened again: a new engine, over the same books and the same provider. */
export function reopenWorld(before: TestEngine): TestEngine {
  const { api, ledger, uploads, clock } = before;
  let ids = 0;
  const engine: VideoEngine = composeEngine({
    api,
    ledger,
    uploader: uploads,
    polling: defaultPollingPolicy,
    platform: { clock, random: () => 0.5, createId: () => `reopened-${++ids}` },
    ...partsOf(() => ({ ledger, engine })),
  });
  return { ...before, engine };
}

type Parts = Required<Pick<ComposedEngineOptions, "persistence" | "lifecycle" | "settings" | "reader">>;

function partsOf(world: () => Pick<TestEngine, "ledger" | "engine">): Parts {
  const { storage, lifecycle, locks } = reactNativePlatform({ AsyncStorage, AppState, NetInfo });
  return {
    lifecycle,
    settings: { storage, user: USER },
    persistence: { storage, locks, user: USER, onUnreadable: () => undefined },
    reader: booksReader(world),
  };
}
