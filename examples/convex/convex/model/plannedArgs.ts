// What the plan's functions take: what the deployed ones do, and more. What is more is optional, so that the shipped clients still fit.
import { v } from "convex/values";
import * as deployed from "./deployedArgs.ts";

export { acquireSlot, amount } from "./deployedArgs.ts";

/** Arguments of `createSession`. */
export const createSession = {
  ...deployed.createSession,
  title: v.optional(v.string()),
  forceNew: v.optional(v.boolean()),
};

/** Arguments of `addGenerationToSession`. */
export const addRow = {
  ...deployed.addRow,
  videos: v.optional(v.array(v.string())),
  creditsUsed: v.optional(v.number()),
  externalRequestId: v.optional(v.string()),
  providerEndpoint: v.optional(v.string()),
  sourceImage: v.optional(v.string()),
  removeWatermark: v.optional(v.boolean()),
};

/** Arguments of `updateGeneration`. */
export const updateRow = {
  ...deployed.updateRow,
  externalRequestId: v.optional(v.string()),
  refunded: v.optional(v.boolean()),
};

/** Arguments of `deleteGeneration`. */
export const deleteRow = { generationId: v.id("sessionGenerations") };

/** Arguments of `renameSession`. */
export const renameSession = { sessionId: v.id("sessions"), title: v.string() };

/** Arguments of `deleteSession`. */
export const deleteSession = { sessionId: v.id("sessions") };

/** Arguments of `updateGenerationStatus`: `error` goes with `failed`. */
export const closeSlot = { ...deployed.closeSlot, error: v.optional(v.string()) };
