// The rows of a session: one per generation, what the grid shows. Knows nothing of credits and decides nothing about slots.
import type { ObjectType } from "convex/values";
import type { Doc, Id } from "../_generated/dataModel.js";
import type { MutationCtx, QueryCtx } from "../_generated/server.js";
import type * as planned from "./plannedArgs.ts";
import { refusal } from "./refusal.ts";
import { requireSession } from "./sessions.ts";

/** The rows of one of the user's sessions, oldest first. */
export async function rowsOf(
  ctx: Pick<QueryCtx, "db">,
  user: Doc<"users">,
  sessionId: Id<"sessions">,
): Promise<Doc<"sessionGenerations">[]> {
  await requireSession(ctx, user, sessionId);
  return await ctx.db
    .query("sessionGenerations")
    .withIndex("by_session", (q) => q.eq("sessionId", sessionId))
    .collect();
}

/** Adds a row to one of the user's sessions, for one of the user's slots. */
export async function addRow(
  ctx: MutationCtx,
  user: Doc<"users">,
  args: ObjectType<typeof planned.addRow>,
): Promise<Id<"sessionGenerations">> {
  const session = await requireSession(ctx, user, args.sessionId);
  const slot = await ctx.db.get("generations", args.concurrencySlotId);
  if (slot?.userId !== user._id) throw refusal("not_found", `No slot ${args.concurrencySlotId} of this user.`);
  const now = Date.now();
  await ctx.db.patch("sessions", session._id, { updatedAt: now });
  const generationStatus = args.isLoading ? ("generating" as const) : ("completed" as const);
  return await ctx.db.insert("sessionGenerations", { ...args, userId: user._id, generationStatus, createdAt: now });
}

/** Writes the fields given; the last writer wins, as on the deployed backend. A new preview becomes the session's. */
export async function updateRow(
  ctx: MutationCtx,
  user: Doc<"users">,
  { generationId, ...fields }: ObjectType<typeof planned.updateRow>,
): Promise<void> {
  const row = await requireRow(ctx, user, generationId);
  await ctx.db.patch("sessionGenerations", generationId, { ...fields, ...statusOf(fields) });
  const { previewImage: preview } = fields;
  const updatedAt = Date.now();
  // An undefined preview would remove the session's.
  await ctx.db.patch("sessions", row.sessionId, preview === undefined ? { updatedAt } : { updatedAt, preview });
}

function statusOf({ error, videos }: Pick<ObjectType<typeof planned.updateRow>, "error" | "videos">) {
  // A video that comes late is sent with an empty error, which replaces the earlier one.
  if (videos !== undefined && videos.length > 0) return { generationStatus: "completed" as const };
  return error === undefined ? {} : { generationStatus: "failed" as const };
}

/** Removes a row. One that is not there is refused, like another user's. */
export async function deleteRow(
  ctx: MutationCtx,
  user: Doc<"users">,
  { generationId }: ObjectType<typeof planned.deleteRow>,
): Promise<void> {
  await requireRow(ctx, user, generationId);
  await ctx.db.delete("sessionGenerations", generationId);
}

async function requireRow(ctx: MutationCtx, user: Doc<"users">, id: Id<"sessionGenerations">) {
  const row = await ctx.db.get("sessionGenerations", id);
  if (row === null || row.userId !== user._id) throw refusal("not_found", `No row ${id} of this user.`);
  return row;
}
