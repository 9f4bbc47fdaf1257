// The slot functions with an optional `operationId`: repeated under the same id they happen once.
import { v } from "convex/values";
import { mutation } from "../_generated/server.js";
import { operationArg, runOnce } from "../model/operations.ts";
import * as planned from "../model/plannedArgs.ts";
import * as slots from "../model/slots.ts";

/** As `generations:acquireGenerationSlot`. A "limit_reached" is recorded too: a new attempt needs a new id. */
export const acquireGenerationSlot = mutation({
  args: { ...planned.acquireSlot, ...operationArg },
  returns: slots.slotAnswer,
  handler: (ctx, args) =>
    runOnce(ctx, { name: "acquireGenerationSlot", args }, (user, rest) => slots.acquireSlot(ctx, user, rest)),
});

/** As `generations:updateGenerationStatus`. */
export const updateGenerationStatus = mutation({
  args: { ...planned.closeSlot, ...operationArg },
  returns: v.null(),
  handler: (ctx, args) =>
    runOnce(ctx, { name: "updateGenerationStatus", args }, async (user, rest) => {
      await slots.closeSlot(ctx, user, rest);
      return null;
    }),
});
