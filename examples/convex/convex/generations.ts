// The slot functions, as planned: see asDeployed/ for those that the shipped clients fit exactly.
import { v } from "convex/values";
import { mutation } from "./_generated/server.js";
import { requireUser } from "./model/caller.ts";
import * as planned from "./model/plannedArgs.ts";
import * as slots from "./model/slots.ts";

/** Takes a concurrency slot, or answers `{ ok: false, reason: "limit_reached", limit, active }`. */
export const acquireGenerationSlot = mutation({
  args: planned.acquireSlot,
  returns: slots.slotAnswer,
  handler: async (ctx, args) => await slots.acquireSlot(ctx, await requireUser(ctx), args),
});

/** Closes a slot as completed (with a `videoUrl`) or failed (with an `error`). */
export const updateGenerationStatus = mutation({
  args: planned.closeSlot,
  returns: v.null(),
  handler: async (ctx, args) => {
    await slots.closeSlot(ctx, await requireUser(ctx), args);
    return null;
  },
});
