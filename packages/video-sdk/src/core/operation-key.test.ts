import { resolveVideoRequest } from "@video-engine/video-models";
import { expect, test } from "vitest";
import { operationKey } from "./operation-key.ts";
import type { GenerationPlan } from "./state.ts";

const { request } = resolveVideoRequest({ model: "vid-veo-3.1-fast", prompt: "a corgi surfing" });
const plan: GenerationPlan = {
  id: "generation-1",
  request,
  credits: 208,
  createdAt: 0,
  guarantee: "exactly-once",
  isSubmitRepeatable: false,
};

test("a key names its generation and its operation, and nothing else", () => {
  expect(operationKey(plan, "reserve")).toBe("generation-1:reserve");
  expect(operationKey({ ...plan, credits: 1, createdAt: 5 }, "reserve")).toBe("generation-1:reserve");
});
