// The session functions that take what the shipped clients send and nothing else.
import { v } from "convex/values";
import { mutation } from "../_generated/server.js";
import { requireUser } from "../model/caller.ts";
import * as deployed from "../model/deployedArgs.ts";
import * as rows from "../model/rows.ts";
import * as sessions from "../model/sessions.ts";

export { getSessionGenerations, getUserSessions } from "../sessions.ts";

/** As `sessions:createSession`, with a title and without `forceNew`. */
export const createSession = mutation({
  args: deployed.createSession,
  returns: v.id("sessions"),
  handler: async (ctx, args) => await sessions.createSession(ctx, await requireUser(ctx), args),
});

/** As `sessions:addGenerationToSession`. */
export const addGenerationToSession = mutation({
  args: deployed.addRow,
  returns: v.id("sessionGenerations"),
  handler: async (ctx, args) => await rows.addRow(ctx, await requireUser(ctx), args),
});

/** As `sessions:updateGeneration`: a row never learns the provider's id of its job. */
export const updateGeneration = mutation({
  args: deployed.updateRow,
  returns: v.null(),
  handler: async (ctx, args) => {
    await rows.updateRow(ctx, await requireUser(ctx), args);
    return null;
  },
});
