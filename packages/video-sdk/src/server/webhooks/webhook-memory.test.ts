import { expect, test } from "vitest";
import { createTestClock } from "../../testing/test-clock.ts";
import { createWebhookMemory } from "./webhook-memory.ts";

test("a message is new once within its time, and again after it, or when it is forgotten", async () => {
  const clock = createTestClock();
  const { begin, forget } = createWebhookMemory(clock);
  expect([begin("a", 100), begin("b", 100), begin("a", 100)]).toEqual(["new", "new", "handling"]);
  await clock.advance(99);
  expect(begin("a", 100)).toBe("handling");
  await forget("b");
  expect(begin("b", 100)).toBe("new");
  await clock.advance(1);
  expect([begin("a", 100), begin("b", 100)]).toEqual(["new", "handling"]);
});

test("one that was handled is remembered for longer", async () => {
  const clock = createTestClock();
  const { begin, end } = createWebhookMemory(clock);
  await begin("a", 100);
  await end("a", 1000);
  await clock.advance(999);
  expect(begin("a", 100)).toBe("handled");
  await clock.advance(1);
  expect(begin("a", 100)).toBe("new");
});
