import { expect, test } from "vitest";
import { videoModelIds } from "./registry.ts";
import { traitsOf } from "./traits.ts";
import { transitionOf } from "./transition-of.ts";

test("siblings are named both ways, and one of the two is a transition", () => {
  for (const id of videoModelIds()) {
    const sibling = transitionOf(id);
    if (sibling === undefined) continue;
    expect(transitionOf(sibling)).toBe(id);
    expect(traitsOf(sibling).isTransition).toBe(!traitsOf(id).isTransition);
  }
});

test("every transition has a sibling, and seven models have one", () => {
  const transitions = videoModelIds().filter((id) => traitsOf(id).isTransition);
  expect(transitions).toHaveLength(7);
  for (const id of transitions) expect(transitionOf(id)).toBeDefined();
});

test("Kling 2.5 belongs to the transition with another name", () => {
  expect(transitionOf("vid-kling-2.5-pro")).toBe("kling-2.5-turbo-transition");
  expect(transitionOf("kling-2.5-turbo-transition")).toBe("vid-kling-2.5-pro");
});

test("models without a transition have none", () => {
  expect(transitionOf("vid-kling-2.6-pro")).toBeUndefined();
  expect(transitionOf("vid-seedance-lite")).toBeUndefined();
});
