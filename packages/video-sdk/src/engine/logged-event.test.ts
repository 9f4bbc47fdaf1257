// What an engine that is composed from ports tells, and what a log gets of it.
import { expect, test } from "vitest";
import { createTestEngine } from "../testing/create-test-engine.ts";
import { loggedEvent } from "./logged-event.ts";

const PROMPT = "a corgi surfing at the beach of Nazaré";
const REQUEST = { model: "vid-veo-3.1-fast", prompt: PROMPT, duration: 8 } as const;

test("words of a callback may repeat a prompt and an address, and a log gets neither", async () => {
  const said = `No video of ${PROMPT} at https://videos.test/1.mp4?token=secret`;
  const { engine, clock, events } = createTestEngine({
    onSuccess: () => {
      throw new Error(said);
    },
  });
  engine.generate(REQUEST);
  await clock.advance(3_600_000);
  const owner = { user: "user_1", prompts: () => engine.list().map(({ prompt }) => prompt) };
  const logged = JSON.stringify(events.map((event) => loggedEvent(event, owner)));
  expect(JSON.stringify(events)).toContain("Nazaré");
  expect(logged).toContain("callback-failed");
  for (const text of ["Nazaré", "videos.test", "secret"]) expect(logged).not.toContain(text);
  expect(logged.split('"user":"user_1"').length - 1).toBe(events.length);
});

test("what has no words of others is told as it is", () => {
  const event = { type: "reconcile-undecided", reason: "too-early", doubts: 1 } as const;
  expect(loggedEvent(event, { user: undefined, prompts: () => [] })).toBe(event);
});
