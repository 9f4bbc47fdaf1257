// The slot functions that take what the shipped clients send and nothing else.
import { v } from "convex/values";
import { mutation } from "../_generated/server.js";
import { requireUser } from "../model/caller.ts";
import * as deployed from "../model/deployedArgs.ts";
import * as slots from "../model/slots.ts";

export { acquireGenerationSlot } from "../generations.ts";

/** As `generations:updateGenerationStatus`, without a reason for a failure. */
export const updateGenerationStatus = mutation({
  args: deployed.closeSlot,
  returns: v.null(),
  handler: async (ctx, args) => {
    await slots.closeSlot(ctx, await requireUser(ctx), args);
    return null;
  },
});
