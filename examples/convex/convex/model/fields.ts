// Validators that the schema and the functions share. Knows no table.
import { v } from "convex/values";

/** What a slot, a session or a row is for. */
export const mediaType = v.union(v.literal("image"), v.literal("video"), v.literal("edit"), v.literal("assets"));

/** The life of a slot. `pending` and `generating` take a place under the plan's limit. */
export const slotStatus = v.union(
  v.literal("pending"),
  v.literal("generating"),
  v.literal("completed"),
  v.literal("failed"),
);

/** Subscription plans. A user without one has the limits of `basic`. */
export const plan = v.union(v.literal("basic"), v.literal("pro"), v.literal("max"));
