// The testing entry runs on a device too: an app's own Jest may have these globals and no others.
import { createTestEngine } from "@video-engine/video-sdk/testing";
import { expectEqual } from "./expect.ts";
import { REQUEST } from "./world.ts";

/** The scenarios by name. */
export const TESTING_SCENARIOS: Readonly<Record<string, () => Promise<void>>> = {
  async "the test engine completes a generation on simulated time"() {
    const { engine, clock, ledger } = createTestEngine();
    const generation = engine.generate(REQUEST);
    await clock.advanceUntil(() => generation.getSnapshot().status !== "running");
    expectEqual(generation.getSnapshot().status, "completed", "status");
    ledger.assertBalanced();
  },
};
