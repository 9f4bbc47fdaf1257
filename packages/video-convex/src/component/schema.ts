// The tables of the component. What a generation is lies in its record, as the core encodes it; the columns beside it are for finding it.
import { defineSchema, defineTable } from "convex/server";
import { v } from "convex/values";
import { settings } from "./model/settings.ts";

/** A call that is under way outside, with the watchdog that ends it. */
const openCall = v.object({
  /** The effect's type and attempt. */
  id: v.string(),
  /** The effect as JSON. */
  effect: v.string(),
  /** Its action has begun: from here on its outcome is unknown until it answers. */
  hasBegun: v.boolean(),
  /** Of the paid call: the secret by which the provider's webhook names it. */
  ticket: v.optional(v.string()),
  dueAt: v.number(),
  watchdog: v.id("_scheduled_functions"),
});

/** A wait that the scheduler ends. */
const openWait = v.object({ key: v.string(), until: v.number(), timer: v.id("_scheduled_functions") });

export default defineSchema({
  generations: defineTable({
    userId: v.string(),
    /** The id that the client made: unique per user, and the key under which a repeat is the same generation. */
    key: v.string(),
    /** What was asked for, as JSON: a repeat under the key must ask for the same. */
    asked: v.string(),
    /** The request, as JSON. The record forgets its prompt once the provider has the job. */
    request: v.string(),
    /** The state, as the core encodes it. */
    record: v.string(),
    settings,
    /** What is under way outside, and what is waited for. */
    calls: v.array(openCall),
    waits: v.array(openWait),
    /** The provider's id of the job, for its webhooks. */
    jobId: v.optional(v.string()),
    hasSlot: v.boolean(),
    /** When its job was last said to be pending. */
    pendingAt: v.optional(v.number()),
    /** How many events it had. Absent: of a release that told none. */
    told: v.optional(v.number()),
    isRunning: v.boolean(),
    /** The picture of its video's first frame, where the app makes one. */
    previewImage: v.optional(v.string()),
    /** When the sweep is to look at it. */
    sweepAt: v.number(),
  })
    .index("by_user_and_key", ["userId", "key"])
    .index("by_user_and_slot", ["userId", "hasSlot"])
    .index("by_user_and_running", ["userId", "isRunning"])
    .index("by_job", ["jobId"])
    .index("by_sweep", ["sweepAt"]),

  /** How long the last jobs of a model took, of all users: when to ask about the next ones. */
  durations: defineTable({
    model: v.string(),
    /** Milliseconds, the newest last. */
    seenMs: v.array(v.number()),
    /** When it was written. */
    at: v.number(),
  }).index("by_model", ["model"]),

  /** What happened, for the clients' `onEvent`: the last of each user. */
  events: defineTable({
    userId: v.string(),
    /** Counted from 1 per user, without a gap. */
    number: v.number(),
    /** As JSON: without prompts, addresses and tokens. */
    event: v.string(),
  }).index("by_user_and_number", ["userId", "number"]),

  /** One per user: what is there, and what of it is held. Available is the difference. */
  accounts: defineTable({
    userId: v.string(),
    balance: v.number(),
    held: v.number(),
    /** How many entries its history has. */
    entries: v.number(),
  }).index("by_user", ["userId"]),

  /** One per reservation. */
  holds: defineTable({
    userId: v.string(),
    key: v.string(),
    amount: v.number(),
    status: v.union(v.literal("held"), v.literal("captured"), v.literal("released"), v.literal("expired")),
    /** Of the amount: charged, and given back after that. */
    captured: v.number(),
    refunded: v.number(),
    /** The ceilings that it counts towards, so that what is given back is taken off the same ones. */
    countedIn: v.array(v.object({ scope: v.string(), window: v.string() })),
    /** After this time it is given back by itself. Absent: it stays until it is settled. */
    expiresAt: v.optional(v.number()),
    expiresInMs: v.optional(v.number()),
    /** The generation that it is for. Absent: the app has reserved it. */
    generation: v.optional(v.id("generations")),
  })
    .index("by_user_and_key", ["userId", "key"])
    .index("by_status_and_expiry", ["status", "expiresAt"]),

  /** The history: one per change of an account, written with it. */
  entries: defineTable({
    userId: v.string(),
    /** Counted from 1. */
    number: v.number(),
    type: v.union(
      v.literal("grant"),
      v.literal("reserve"),
      v.literal("capture"),
      v.literal("release"),
      v.literal("refund"),
      v.literal("expire"),
    ),
    key: v.string(),
    /** Of a refund, the key of the reservation that was captured. */
    of: v.optional(v.string()),
    amount: v.number(),
    /** As they are after it. */
    balance: v.number(),
    held: v.number(),
    at: v.number(),
    note: v.optional(v.string()),
  })
    .index("by_user_and_number", ["userId", "number"])
    .index("by_user_type_and_key", ["userId", "type", "key"]),

  /** Spend ceilings: of one user (`user:<id>`), of each user (`user`), of all together (`all`). */
  ceilings: defineTable({
    scope: v.string(),
    period: v.union(v.literal("day"), v.literal("month"), v.literal("ever")),
    credits: v.number(),
  }).index("by_scope", ["scope"]),

  /** What is held or charged of a ceiling in one window. */
  spent: defineTable({ scope: v.string(), window: v.string(), credits: v.number() }).index("by_scope_and_window", [
    "scope",
    "window",
  ]),
});
