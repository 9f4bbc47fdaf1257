// The session functions with an optional `operationId`: repeated under the same id they happen once.
import { v } from "convex/values";
import { mutation, query } from "../_generated/server.js";
import { requireUser } from "../model/caller.ts";
import { operationArg, runOnce } from "../model/operations.ts";
import * as planned from "../model/plannedArgs.ts";
import * as rows from "../model/rows.ts";
import * as sessions from "../model/sessions.ts";

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

/** As `sessions:createSession`. */
export const createSession = mutation({
  args: { ...planned.createSession, ...operationArg },
  returns: v.id("sessions"),
  handler: (ctx, args) =>
    runOnce(ctx, { name: "createSession", args }, (user, rest) => sessions.createSession(ctx, user, rest)),
});

/** As `sessions:addGenerationToSession`. */
export const addGenerationToSession = mutation({
  args: { ...planned.addRow, ...operationArg },
  returns: v.id("sessionGenerations"),
  handler: (ctx, args) =>
    runOnce(ctx, { name: "addGenerationToSession", args }, (user, rest) => rows.addRow(ctx, user, rest)),
});

/** As `sessions:updateGeneration`. */
export const updateGeneration = mutation({
  args: { ...planned.updateRow, ...operationArg },
  returns: v.null(),
  handler: (ctx, args) =>
    runOnce(ctx, { name: "updateGeneration", args }, async (user, rest) => {
      await rows.updateRow(ctx, user, rest);
      return null;
    }),
});

/** As `sessions:deleteGeneration`. */
export const deleteGeneration = mutation({
  args: { ...planned.deleteRow, ...operationArg },
  returns: v.null(),
  handler: (ctx, args) =>
    runOnce(ctx, { name: "deleteGeneration", args }, async (user, rest) => {
      await rows.deleteRow(ctx, user, rest);
      return null;
    }),
});
