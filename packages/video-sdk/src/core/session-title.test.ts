import { expect, test } from "vitest";
import { sessionTitle } from "./session-title.ts";

test.each([
  ["", ""],
  ["a corgi surfing", "a corgi surfing"],
  ["x".repeat(50), "x".repeat(50)],
  ["x".repeat(51), `${"x".repeat(50)}...`],
])("the title of %j is the prompt, cut after 50 characters", (prompt, title) => {
  expect(sessionTitle(prompt)).toBe(title);
});

test("50 characters outside the basic plane are 50 characters, though they are 100 code units", () => {
  expect(sessionTitle("🐕".repeat(50))).toBe("🐕".repeat(50));
});

test("a surrogate pair at the cut is kept whole or left out, never halved", () => {
  const title = sessionTitle(`${"x".repeat(49)}🐕🐕`);
  expect(title).toBe(`${"x".repeat(49)}🐕...`);
  expect(title).not.toMatch(/\p{Surrogate}/u);
});
