// What the shipped clients send, and so all that the deployed functions are known to take: no argument less, none more. Only `type` is wider than
// their calls, because the same functions serve images.
import { v } from "convex/values";
import { mediaType } from "./fields.ts";

/** Arguments of `acquireGenerationSlot`. */
export const acquireSlot = { type: mediaType, prompt: v.string() };

/** Arguments of all three money functions. */
export const amount = { amount: v.number() };

/** Arguments of `createSession`. */
export const createSession = { title: v.string(), type: mediaType };

/** Arguments of `addGenerationToSession`. */
export const addRow = {
  sessionId: v.id("sessions"),
  prompt: v.string(),
  type: mediaType,
  model: v.string(),
  modelLabel: v.string(),
  aspectRatio: v.string(),
  isLoading: v.boolean(),
  concurrencySlotId: v.id("generations"),
};

/** Arguments of `updateGeneration`, of a success and of a failure together. A field left out keeps its value. */
export const updateRow = {
  generationId: v.id("sessionGenerations"),
  isLoading: v.boolean(),
  videos: v.optional(v.array(v.string())),
  previewImage: v.optional(v.string()),
  completedAt: v.optional(v.number()),
  error: v.optional(v.string()),
};

/** Arguments of `updateGenerationStatus`: `videoUrl` goes with `completed`. */
export const closeSlot = {
  generationId: v.id("generations"),
  status: v.union(v.literal("completed"), v.literal("failed")),
  videoUrl: v.optional(v.string()),
};
