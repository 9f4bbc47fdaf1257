// The app's tables, as the deployed backend has them, plus `holds` and `operations`, which only the exactly-once functions use.
// Knows nothing of what the functions do with the rows.
import { defineTable } from "convex/server";
import { v } from "convex/values";
import { mediaType, plan, slotStatus } from "./fields.ts";

/** All of them, to be spread into an app's own schema. */
export const videoTables = {
  // Available credits = credits + additionalCredits - reservedCredits. A missing number counts as 0.
  users: defineTable({
    clerkId: v.string(),
    credits: v.optional(v.number()),
    additionalCredits: v.optional(v.number()),
    reservedCredits: v.optional(v.number()),
    subscriptionPlan: v.optional(plan),
  }).index("by_clerk_id", ["clerkId"]),

  // The concurrency slots. `by_user_and_status` is ours: counting a user's open slots must not read the closed ones.
  generations: defineTable({
    userId: v.id("users"),
    type: mediaType,
    prompt: v.string(),
    status: slotStatus,
    videoUrl: v.optional(v.string()),
    imageUrl: v.optional(v.string()),
    modelId: v.optional(v.string()),
    requestId: v.optional(v.string()),
    sessionId: v.optional(v.id("sessions")),
    error: v.optional(v.string()),
    createdAt: v.number(),
    completedAt: v.optional(v.number()),
  })
    .index("by_user", ["userId"])
    .index("by_status", ["status"])
    .index("by_user_and_status", ["userId", "status"]),

  sessions: defineTable({
    userId: v.id("users"),
    title: v.string(),
    type: mediaType,
    preview: v.optional(v.string()),
    createdAt: v.number(),
    updatedAt: v.number(),
  }).index("by_user", ["userId"]),

  // What the grid shows.
  sessionGenerations: defineTable({
    sessionId: v.id("sessions"),
    userId: v.id("users"),
    prompt: v.string(),
    type: mediaType,
    model: v.optional(v.string()),
    modelLabel: v.optional(v.string()),
    generationStatus: v.optional(slotStatus),
    externalRequestId: v.optional(v.string()),
    providerEndpoint: v.optional(v.string()),
    aspectRatio: v.optional(v.string()),
    videos: v.optional(v.array(v.string())),
    images: v.optional(v.array(v.string())),
    sourceImage: v.optional(v.string()),
    previewImage: v.optional(v.string()),
    isLoading: v.boolean(),
    creditsUsed: v.optional(v.number()),
    refunded: v.optional(v.boolean()),
    removeWatermark: v.optional(v.boolean()),
    concurrencySlotId: v.optional(v.id("generations")),
    createdAt: v.number(),
    completedAt: v.optional(v.number()),
    error: v.optional(v.string()),
  })
    .index("by_session", ["sessionId"])
    .index("by_user", ["userId"])
    .index("by_concurrency_slot", ["concurrencySlotId"]),

  // One row per generation that has reserved under its key: what it holds, whether the server has paid for a job, how it was settled.
  holds: defineTable({
    userId: v.id("users"),
    generationId: v.string(),
    amount: v.number(),
    usedAt: v.optional(v.number()),
    settledAs: v.optional(v.union(v.literal("captured"), v.literal("released"))),
    createdAt: v.number(),
  })
    .index("by_user_and_generation", ["userId", "generationId"])
    .index("by_user_and_settled", ["userId", "settledAs"]),

  // One row per exactly-once call that returned: written in the same transaction as its effect, so a repeat finds it or finds nothing done.
  operations: defineTable({
    userId: v.id("users"),
    operationId: v.string(),
    name: v.string(),
    argsHash: v.string(),
    result: v.any(),
    createdAt: v.number(),
  }).index("by_user_and_operation", ["userId", "operationId"]),
};
