// A slot that may have leaked is listed, with what is known of it.
import { expect, test } from "vitest";
import { createTestEngine } from "../testing/create-test-engine.ts";

const REQUEST = { model: "vid-veo-3.1-fast", prompt: "a corgi surfing", duration: 8 } as const;
const HOUR_MS = 3_600_000;

test("a slot whose request was never answered is listed: only the backend can free it", async () => {
  const { engine, ledger, clock } = createTestEngine({ slots: 1 });
  ledger.failNext("acquireSlot", "answer-lost");
  const lost = engine.generate(REQUEST);
  await clock.advance(HOUR_MS);
  expect(lost.getSnapshot()).toMatchObject({ status: "failed", settlement: "none", openSlot: "unknown" });
  expect(engine.unresolved().map(({ id }) => id)).toEqual([lost.id]);
});

test("a slot whose closing was given up is listed, though its credits are settled", async () => {
  const { engine, ledger, clock } = createTestEngine({ slots: 1 });
  for (let tries = 0; tries < 50; tries += 1) ledger.failNext("closeSlot", { refused: "internal" });
  const stuck = engine.generate(REQUEST);
  await clock.advance(HOUR_MS);
  expect(stuck.getSnapshot()).toMatchObject({ status: "completed", settlement: "captured", openSlot: "held" });
  expect(engine.unresolved().map(({ id }) => id)).toEqual([stuck.id]);
});

test("a generation that ended well is not listed", async () => {
  const { engine, clock } = createTestEngine({ slots: 1 });
  const well = engine.generate(REQUEST);
  await clock.advance(HOUR_MS);
  expect([well.getSnapshot().status, engine.unresolved()]).toEqual(["completed", []]);
});
