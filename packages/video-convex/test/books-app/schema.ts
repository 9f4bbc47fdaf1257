// The tables of an app that keeps its own books.
import { defineSchema, defineTable } from "convex/server";
import { v } from "convex/values";

export default defineSchema({
  users: defineTable({ userId: v.string(), credits: v.number(), reserved: v.number() }).index("by_user", ["userId"]),
  slots: defineTable({ userId: v.string(), status: v.string(), videoUrl: v.optional(v.string()) }),
  sessions: defineTable({ userId: v.string(), title: v.string() }),
  rows: defineTable({
    userId: v.string(),
    sessionId: v.id("sessions"),
    slotId: v.id("slots"),
    prompt: v.string(),
    isLoading: v.boolean(),
    videos: v.array(v.string()),
    error: v.optional(v.string()),
    refunded: v.optional(v.boolean()),
    requestId: v.optional(v.string()),
    previewImage: v.optional(v.string()),
  }),
});
