// The rows of a session: one per generation, what the grid shows. Knows nothing of credits and decides nothing about slots.
import { v, type ObjectType } from "convex/values";
import type { Doc, Id } from "../_generated/dataModel.js";
import type { MutationCtx, QueryCtx } from "../_generated/server.js";
import { mediaType } from "./fields.ts";
import { refusal } from "./refusal.ts";
import { requireSession } from "./sessions.ts";

/** Arguments of `addGenerationToSession`. */
export const addRowArgs = {
  sessionId: v.id("sessions"),
  type: mediaType,
  prompt: v.string(),
  model: v.string(),
  modelLabel: v.string(),
  aspectRatio: v.string(),
  videos: v.array(v.string()),
  isLoading: v.boolean(),
  creditsUsed: v.number(),
  concurrencySlotId: v.id("generations"),
  externalRequestId: v.optional(v.string()),
  providerEndpoint: v.optional(v.string()),
  sourceImage: v.optional(v.string()),
  removeWatermark: v.optional(v.boolean()),
};

/** Arguments of `updateGeneration`. A field left out keeps its value. */
export const updateRowArgs = {
  generationId: v.id("sessionGenerations"),
  isLoading: v.boolean(),
  videos: v.optional(v.array(v.string())),
  previewImage: v.optional(v.string()),
  completedAt: v.optional(v.number()),
  error: v.optional(v.string()),
  externalRequestId: v.optional(v.string()),
};

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
  args: ObjectType<typeof addRowArgs>,
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
  { generationId, ...fields }: ObjectType<typeof updateRowArgs>,
): Promise<void> {
  const row = await ctx.db.get("sessionGenerations", generationId);
  if (row === null || row.userId !== user._id) throw refusal("not_found", `No row ${generationId} of this user.`);
  await ctx.db.patch("sessionGenerations", generationId, { ...fields, ...statusOf(fields) });
  const { previewImage: preview } = fields;
  const updatedAt = Date.now();
  // An undefined preview would remove the session's.
  await ctx.db.patch("sessions", row.sessionId, preview === undefined ? { updatedAt } : { updatedAt, preview });
}

function statusOf({ error, videos }: Pick<ObjectType<typeof updateRowArgs>, "error" | "videos">) {
  if (error !== undefined) return { generationStatus: "failed" as const };
  if (videos !== undefined && videos.length > 0) return { generationStatus: "completed" as const };
  return {};
}
