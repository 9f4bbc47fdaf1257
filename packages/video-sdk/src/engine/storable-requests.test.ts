// What could not be read back after a restart is refused at generate(), before anything is called. What a restart needs is there.
import { quoteVideo, type VideoQuote, type VideoRequest } from "@video-engine/video-models";
import { describe, expect, test } from "vitest";
import { MOST_CREDITS } from "../core/shape-tests.ts";
import { createMemoryStorage } from "../platform/memory-storage.ts";
import { createLocalLocks } from "../platform/local-locks.ts";
import { createTestEngine } from "../testing/create-test-engine.ts";

const REQUEST = { model: "vid-veo-3.1-fast", prompt: "a corgi surfing", duration: 8 } as const;
const priced =
  (credits: unknown) =>
  (request: VideoRequest): VideoQuote => ({
    ...quoteVideo(request),
    credits: credits as number,
  });
const throwing = (): never => {
  throw new RangeError("No price for this.");
};

describe("refused before anything is called", () => {
  const PRICES = [0, -1, 1.5, Number.NaN, Infinity, 2 ** 24 + 1, MOST_CREDITS + 1, undefined, null, "208"];

  test.each(PRICES)("a price of %s", async (credits) => {
    const { engine, ledger, api } = createTestEngine({ quote: priced(credits) });
    const outcome = await engine.generate(REQUEST).outcome;
    expect(outcome).toMatchObject({ status: "failed", settlement: "none", error: { code: "not-configured" } });
    expect(outcome).toMatchObject({ error: { message: expect.stringContaining("vid-veo-3.1-fast is ") } });
    expect([...ledger.calls, ...api.jobs]).toEqual([]);
  });

  test("pricing that throws, or returns nothing", async () => {
    for (const quote of [throwing, () => undefined as unknown as VideoQuote]) {
      const { engine, ledger } = createTestEngine({ quote });
      expect(await engine.generate(REQUEST).outcome).toMatchObject({
        error: { code: "not-configured", message: expect.stringContaining("pricing") },
        settlement: "none",
      });
      expect(ledger.calls).toEqual([]);
    }
  });

  test.each(["", "s".repeat(70_000), 7 as unknown as string])("a session that cannot be stored", async (sessionId) => {
    const { engine, ledger } = createTestEngine();
    const { outcome } = engine.generate(REQUEST, { sessionId });
    expect(await outcome).toMatchObject({ error: { code: "invalid-request" }, settlement: "none" });
    expect(ledger.calls).toEqual([]);
  });
});

test.each([1, MOST_CREDITS])("a price of %s is stored, and settled after a restart", async (credits) => {
  const storage = createMemoryStorage();
  const persistence = { storage, locks: createLocalLocks(), user: "ada", onUnreadable: () => undefined };
  const world = createTestEngine({ quote: priced(credits), credits: MOST_CREDITS, persistence });
  world.engine.generate(REQUEST);
  await world.clock.advance(40_000);
  world.engine.dispose();
  await world.clock.flush();
  const unreadable: unknown[] = [];
  const again = createTestEngine({
    persistence: { ...persistence, onUnreadable: (record) => void unreadable.push(record) },
  });
  await again.engine.resume();
  expect(unreadable).toEqual([]);
  expect(again.engine.list()).toMatchObject([{ credits, status: "running" }]);
});
