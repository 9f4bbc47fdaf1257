// localStorage as the engine uses it. The browser's own is in test/browser.
import { Window } from "happy-dom";
import { describe, expect, test } from "vitest";
import { createEngine } from "../engine/create-engine.ts";
import { defaultPollingPolicy } from "../core/polling-policy.ts";
import { createLocalLocks } from "../platform/local-locks.ts";
import { createFakeLedger } from "../testing/fake-ledger.ts";
import { createFakeVideoApi } from "../testing/fake-video-api.ts";
import { createTestClock } from "../testing/test-clock.ts";
import { createLocalStorage } from "./local-storage.ts";

const REQUEST = { model: "vid-veo-3.1-fast", prompt: "a corgi surfing", duration: 8 } as const;

describe("localStorage", () => {
  test("lists what the engine has recorded in it, and nothing of the app's", async () => {
    const { localStorage } = new Window({ url: "https://app.test" });
    localStorage.setItem("theme", "dark");
    const storage = createLocalStorage(localStorage);
    const clock = createTestClock();
    const engine = createEngine({
      ledger: createFakeLedger(),
      api: createFakeVideoApi({ clock }),
      polling: defaultPollingPolicy,
      platform: { clock, random: () => 0.5, createId: () => "generation-1" },
      persistence: { storage, locks: createLocalLocks(), user: "ada", onUnreadable: () => undefined },
    });
    engine.generate(REQUEST);
    await clock.advance(40_000);
    expect([...((await storage.keys?.()) ?? [])]).toEqual([expect.stringContaining("ada:record:generation-1")]);
    expect(localStorage.length).toBe(2);
    engine.dispose();
  });

  test("rejects what the browser throws, and throws nothing itself", async () => {
    const fail = (): never => {
      throw new Error("The quota has been exceeded.");
    };
    const storage = createLocalStorage({
      length: 0,
      clear: fail,
      getItem: fail,
      key: fail,
      removeItem: fail,
      setItem: fail,
    });
    await expect(storage.getItem("a")).rejects.toThrow("quota");
    await expect(storage.setItem("a", "1")).rejects.toThrow("quota");
    await expect(storage.removeItem("a")).rejects.toThrow("quota");
  });
});
