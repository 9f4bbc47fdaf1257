// Sessions: the folders of the grid. Knows its rows only well enough to tell whether a session is empty.
import type { ObjectType } from "convex/values";
import type { Doc, Id } from "../_generated/dataModel.js";
import type { MutationCtx, QueryCtx } from "../_generated/server.js";
import type * as planned from "./plannedArgs.ts";
import { refusal } from "./refusal.ts";

/** The user's sessions, newest first. */
export async function sessionsOf(ctx: Pick<QueryCtx, "db">, user: Doc<"users">): Promise<Doc<"sessions">[]> {
  return await ownSessions(ctx, user).collect();
}

/** The session, when it is the user's; refused otherwise, in the same words as one that does not exist. */
export async function requireSession(ctx: Pick<QueryCtx, "db">, user: Doc<"users">, id: Id<"sessions">) {
  const session = await ctx.db.get("sessions", id);
  if (session === null || session.userId !== user._id) throw refusal("not_found", `No session ${id} of this user.`);
  return session;
}

/** Makes a session. Unless `forceNew`, an empty one of the same type is reused, under the new title. */
export async function createSession(
  ctx: MutationCtx,
  user: Doc<"users">,
  { title, type, forceNew }: ObjectType<typeof planned.createSession>,
): Promise<Id<"sessions">> {
  const now = Date.now();
  const empty = forceNew ? null : await findEmptySession(ctx, user, type);
  if (empty === null) {
    const session = { userId: user._id, title: title ?? "New session", type, createdAt: now, updatedAt: now };
    return await ctx.db.insert("sessions", session);
  }
  if (title !== undefined) await ctx.db.patch("sessions", empty._id, { title, updatedAt: now });
  return empty._id;
}

function ownSessions(ctx: Pick<QueryCtx, "db">, user: Doc<"users">) {
  return ctx.db
    .query("sessions")
    .withIndex("by_user", (q) => q.eq("userId", user._id))
    .order("desc");
}

async function findEmptySession(ctx: MutationCtx, user: Doc<"users">, type: Doc<"sessions">["type"]) {
  for await (const session of ownSessions(ctx, user)) {
    if (session.type !== type) continue;
    const row = await ctx.db
      .query("sessionGenerations")
      .withIndex("by_session", (q) => q.eq("sessionId", session._id))
      .first();
    if (row === null) return session;
  }
  return null;
}
