// NOT part of the app's contract: writing and reading for development, tests and the command line.
// A client of the deployed backend must never need anything in this file.
import { v } from "convex/values";
import { mutation, query } from "./_generated/server.js";
import { creditsOf } from "./model/credits.ts";
import { findUser, requireClerkId, requireUser } from "./model/caller.ts";
import { plan } from "./model/fields.ts";
import { refusal } from "./model/refusal.ts";
import { openSlots, SLOT_LIMITS } from "./model/slots.ts";

declare const process: { readonly env: Record<string, string | undefined> };

const creditCounts = { credits: v.optional(v.number()), additionalCredits: v.optional(v.number()) };

/**
 * Creates the caller's row, or sets the given fields of it. Hands out credits, so it is refused unless the deployment's
 * environment has ALLOW_EXTRAS=1 (the embedded backend has).
 */
export const seedUser = mutation({
  args: { ...creditCounts, subscriptionPlan: v.optional(plan) },
  returns: v.id("users"),
  handler: async (ctx, args) => {
    if (process.env["ALLOW_EXTRAS"] !== "1") {
      throw refusal("extras_disabled", "extras:seedUser is for development: set ALLOW_EXTRAS=1 on the deployment.");
    }
    const clerkId = await requireClerkId(ctx);
    const existing = await findUser(ctx, clerkId);
    const userId = existing?._id ?? (await ctx.db.insert("users", { clerkId }));
    await ctx.db.patch("users", userId, args);
    const user = await requireUser(ctx);
    if ([user.credits ?? 0, user.additionalCredits ?? 0, creditsOf(user).available].every(isCreditCount)) return userId;
    throw refusal("invalid_arguments", "Credits must be whole numbers from 0, and not fewer than are reserved.");
  },
});

/** The caller's books in one consistent answer: credits, plan, slots, sessions and rows, each oldest first. */
export const books = query({
  args: {},
  handler: async (ctx) => {
    const user = await requireUser(ctx);
    const subscriptionPlan = user.subscriptionPlan ?? "basic";
    return {
      credits: creditsOf(user),
      subscriptionPlan,
      slotLimit: SLOT_LIMITS[subscriptionPlan],
      openSlots: (await openSlots(ctx, user)).length,
      slots: await ctx.db
        .query("generations")
        .withIndex("by_user", (q) => q.eq("userId", user._id))
        .collect(),
      sessions: await ctx.db
        .query("sessions")
        .withIndex("by_user", (q) => q.eq("userId", user._id))
        .collect(),
      rows: await ctx.db
        .query("sessionGenerations")
        .withIndex("by_user", (q) => q.eq("userId", user._id))
        .collect(),
    };
  },
});

function isCreditCount(count: number): boolean {
  return Number.isSafeInteger(count) && count >= 0;
}
