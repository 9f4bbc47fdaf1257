// A background task: the engine of the app in the background asks about its jobs while the task runs, and rests again afterwards.
import AsyncStorage from "@react-native-async-storage/async-storage";
import { reactNativePlatform } from "@video-engine/video-sdk/react-native";
import { createTestEngine } from "@video-engine/video-sdk/testing";
import { AppState } from "react-native";
import { wakeableLifecycle } from "../src/wakeable-lifecycle.ts";
import { createDevice } from "./device.ts";

const HOUR_MS = 3_600_000;

test("in the background nothing is asked, and in a task the video is found, saved and charged", async () => {
  const device = createDevice();
  const lifecycle = wakeableLifecycle(reactNativePlatform({ AsyncStorage, AppState }).lifecycle);
  const { engine, clock, api, ledger } = createTestEngine({ lifecycle });
  const generation = engine.generate({ model: "vid-veo-3.1", prompt: "a corgi" });
  await clock.advance(20_000);
  device.moveTo("background");
  const asked = api.calls.status;
  await clock.advance(HOUR_MS);
  expect(api.calls.status).toBe(asked);

  await lifecycle.whileAwake(async () => {
    await clock.advance(20_000);
    expect((await generation.outcome).status).toBe("completed");
  });
  expect(lifecycle.getPause()).toBe("background");
  ledger.assertBalanced();
  engine.dispose();
});
