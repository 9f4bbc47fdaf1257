// The money functions, the same as planned and as deployed. They take an amount and nothing else, so they are not idempotent: see withOperationIds/users.ts.
import { v } from "convex/values";
import { mutation } from "./_generated/server.js";
import * as credits from "./model/credits.ts";
import { requireUser } from "./model/caller.ts";
import * as planned from "./model/plannedArgs.ts";

export { getUserCreditsBreakdown } from "./withOperationIds/users.ts";

/** Holds credits, or answers `{ success: false, message }` when too few are available. */
export const reserveCredits = mutation({
  args: planned.amount,
  returns: credits.reservation,
  handler: async (ctx, { amount }) => await credits.reserveCredits(ctx, await requireUser(ctx), amount),
});

/** Spends held credits. Refuses more than is held. */
export const captureReservedCredits = mutation({
  args: planned.amount,
  returns: v.null(),
  handler: async (ctx, { amount }) => {
    await credits.captureCredits(ctx, await requireUser(ctx), amount);
    return null;
  },
});

/** Gives held credits back. */
export const releaseReservedCredits = mutation({
  args: planned.amount,
  returns: v.null(),
  handler: async (ctx, { amount }) => {
    await credits.releaseCredits(ctx, await requireUser(ctx), amount);
    return null;
  },
});
