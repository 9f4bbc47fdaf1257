// A price that has changed on the server is a refusal of its own: nothing is charged, both amounts are said, and the next quote has the new one.
import { describe, expect, test } from "vitest";
import { videoErrorData } from "../errors.ts";
import { createTestEngine, type TestEngine } from "../testing/create-test-engine.ts";

const REQUEST = { model: "vid-veo-3.1-fast", prompt: "a corgi surfing", duration: 8 } as const;
const CHANGED = videoErrorData("price-changed", { details: { told: 208, credits: 300 } });

/** Refuses the next submit for its price, as the route of ./server does. */
async function refusedFor(world: TestEngine, error = CHANGED) {
  const { submit } = world.api;
  Object.assign(world.api, { submit: () => Promise.resolve({ ok: false, certainty: "not-done", error }) });
  const generation = world.engine.generate(REQUEST);
  await world.clock.advanceUntil(() => generation.getSnapshot().status !== "running");
  Object.assign(world.api, { submit });
  return await generation.outcome;
}

describe("a price that has changed on the server", () => {
  test("ends the generation with both amounts, its credits given back", async () => {
    const world = createTestEngine();
    expect(await refusedFor(world)).toMatchObject({
      status: "failed",
      settlement: "released",
      error: { code: "price-changed", details: { told: 208, credits: 300 } },
    });
    world.ledger.assertBalanced();
  });

  test("is what the next quote of the same settings says, and what the next generation costs", async () => {
    const world = createTestEngine();
    const before = world.engine.quote(REQUEST);
    await refusedFor(world);
    const quote = world.engine.quote({ ...REQUEST, prompt: "a corgi skating" });
    expect([before.credits, quote.credits]).toEqual([208, 300]);
    expect(quote.lines.at(-1)).toEqual({ label: "Price of the server", credits: 300 });
    const again = world.engine.generate(REQUEST);
    await world.clock.advanceUntil(() => again.getSnapshot().status === "completed");
    expect(world.ledger.books).toMatchObject({ captured: 300, reserved: 0 });
  });

  test("says nothing of other settings", async () => {
    const world = createTestEngine();
    await refusedFor(world);
    expect(world.engine.quote({ ...REQUEST, duration: 4 }).credits).toBe(
      createTestEngine().engine.quote({ ...REQUEST, duration: 4 }).credits,
    );
  });

  test.each([undefined, 0, -1, 1.5, "300", null])("is not learned where the answer says %s", async (credits) => {
    const world = createTestEngine();
    await refusedFor(world, videoErrorData("price-changed", { details: { credits } }));
    expect(world.engine.quote(REQUEST).credits).toBe(208);
  });
});
