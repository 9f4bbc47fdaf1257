// What the tests of the machine generate: one request and its plans. All numbers are of Veo 3.1 Fast, eight seconds.
import { resolveVideoRequest } from "@video-engine/video-models";
import type { GenerationPlan } from "../state.ts";

const resolved = resolveVideoRequest({ model: "vid-veo-3.1-fast", prompt: "a corgi surfing", duration: 8 });

/** A valid request of text alone. */
export const request = resolved.request;

/** Its plan on a backend that takes no operation ids, with routes that submit at most once. */
export const atMostOnce: GenerationPlan = {
  id: "generation-1",
  request,
  credits: 208,
  createdAt: 0,
  guarantee: "at-most-once",
  isSubmitRepeatable: false,
};

/** The same on a backend and routes that run a key once. */
export const exactlyOnce: GenerationPlan = { ...atMostOnce, guarantee: "exactly-once", isSubmitRepeatable: true };
