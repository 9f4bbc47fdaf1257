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

/** Gives a session another title. */
export async function renameSession(
  ctx: MutationCtx,
  user: Doc<"users">,
  { sessionId, title }: ObjectType<typeof planned.renameSession>,
): Promise<void> {
  const { _id } = await requireSession(ctx, user, sessionId);
  const text = title.trim().slice(0, MOST_TITLE);
  if (text === "") throw refusal("invalid_arguments", "A session needs a title.");
  await ctx.db.patch("sessions", _id, { title: text });
}

/** Removes a session with its rows. Refused while one of them is loading: the generation that writes it would have nowhere to put its video. */
export async function deleteSession(
  ctx: MutationCtx,
  user: Doc<"users">,
  { sessionId }: ObjectType<typeof planned.deleteSession>,
): Promise<void> {
  const { _id } = await requireSession(ctx, user, sessionId);
  const rows = await ctx.db
    .query("sessionGenerations")
    .withIndex("by_session", (q) => q.eq("sessionId", _id))
    .collect();
  if (rows.some(({ isLoading }) => isLoading))
    throw refusal("still_loading", "Something in this session is still being made. Cancel it, or wait for it.");
  for (const row of rows) await ctx.db.delete("sessionGenerations", row._id);
  await ctx.db.delete("sessions", _id);
}

/** Characters. */
const MOST_TITLE = 200;

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
