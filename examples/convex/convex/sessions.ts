// The session functions, as planned: see asDeployed/ for those that the shipped clients fit exactly.
import { v } from "convex/values";
import { mutation } from "./_generated/server.js";
import { requireUser } from "./model/caller.ts";
import * as planned from "./model/plannedArgs.ts";
import * as rows from "./model/rows.ts";
import * as sessions from "./model/sessions.ts";

export { getSessionGenerations, getUserSessions } from "./withOperationIds/sessions.ts";

/** Makes a session, or reuses an empty one of that type unless `forceNew`. Answers its id. */
export const createSession = mutation({
  args: planned.createSession,
  returns: v.id("sessions"),
  handler: async (ctx, args) => await sessions.createSession(ctx, await requireUser(ctx), args),
});

/** Adds a row to the grid. Answers its id. */
export const addGenerationToSession = mutation({
  args: planned.addRow,
  returns: v.id("sessionGenerations"),
  handler: async (ctx, args) => await rows.addRow(ctx, await requireUser(ctx), args),
});

/** Writes what changed in a row. */
export const updateGeneration = mutation({
  args: planned.updateRow,
  returns: v.null(),
  handler: async (ctx, args) => {
    await rows.updateRow(ctx, await requireUser(ctx), args);
    return null;
  },
});

/** Gives a session another title. */
export const renameSession = mutation({
  args: planned.renameSession,
  returns: v.null(),
  handler: async (ctx, args) => {
    await sessions.renameSession(ctx, await requireUser(ctx), args);
    return null;
  },
});

/** Removes a session with its rows, unless one of them is still being made. */
export const deleteSession = mutation({
  args: planned.deleteSession,
  returns: v.null(),
  handler: async (ctx, args) => {
    await sessions.deleteSession(ctx, await requireUser(ctx), args);
    return null;
  },
});

/** Removes a row, as the web app does with one that has failed. */
export const deleteGeneration = mutation({
  args: planned.deleteRow,
  returns: v.null(),
  handler: async (ctx, args) => {
    await rows.deleteRow(ctx, await requireUser(ctx), args);
    return null;
  },
});
