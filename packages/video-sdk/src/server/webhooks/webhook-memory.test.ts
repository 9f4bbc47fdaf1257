import { expect, test } from "vitest";
import { createTestClock } from "../../testing/test-clock.ts";
import { createWebhookMemory } from "./webhook-memory.ts";

test("a message is new once within its time, and again after it, or when it is forgotten", async () => {
  const clock = createTestClock();
  const { add, remove } = createWebhookMemory(clock);
  expect([add("a", 100), add("b", 100), add("a", 100)]).toEqual([true, true, false]);
  await clock.advance(99);
  expect(add("a", 100)).toBe(false);
  await remove("b");
  expect(add("b", 100)).toBe(true);
  await clock.advance(1);
  expect([add("a", 100), add("b", 100)]).toEqual([true, false]);
});
