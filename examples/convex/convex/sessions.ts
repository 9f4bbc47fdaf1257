// The deployed session functions.
import { v } from "convex/values";
import { mutation, query } from "./_generated/server.js";
import { requireUser } from "./model/caller.ts";
import * as rows from "./model/rows.ts";
import * as sessions from "./model/sessions.ts";

/** The caller's sessions, newest first. */
export const getUserSessions = query({
  args: {},
  handler: async (ctx) => await sessions.sessionsOf(ctx, await requireUser(ctx)),
});

/** The rows of a session, oldest first. */
export const getSessionGenerations = query({
  args: { sessionId: v.id("sessions") },
  handler: async (ctx, { sessionId }) => await rows.rowsOf(ctx, await requireUser(ctx), sessionId),
});

/** Makes a session, or reuses an empty one of that type unless `forceNew`. Answers its id. */
export const createSession = mutation({
  args: sessions.createSessionArgs,
  returns: v.id("sessions"),
  handler: async (ctx, args) => await sessions.createSession(ctx, await requireUser(ctx), args),
});

/** Adds a row to the grid. Answers its id. */
export const addGenerationToSession = mutation({
  args: rows.addRowArgs,
  returns: v.id("sessionGenerations"),
  handler: async (ctx, args) => await rows.addRow(ctx, await requireUser(ctx), args),
});

/** Writes what changed in a row. */
export const updateGeneration = mutation({
  args: rows.updateRowArgs,
  returns: v.null(),
  handler: async (ctx, args) => {
    await rows.updateRow(ctx, await requireUser(ctx), args);
    return null;
  },
});
