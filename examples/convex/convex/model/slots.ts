// Concurrency slots: how many generations a user may have under way at once. Knows nothing of credits.
import { v, type ObjectType } from "convex/values";
import type { Doc } from "../_generated/dataModel.js";
import type { MutationCtx, QueryCtx } from "../_generated/server.js";
import type * as planned from "./plannedArgs.ts";
import { refusal } from "./refusal.ts";

/** Open slots per plan, over all media types. */
export const SLOT_LIMITS = { basic: 1, pro: 3, max: 10 } as const;

/** What `acquireGenerationSlot` answers. */
export const slotAnswer = v.union(
  v.object({ ok: v.literal(true), generationId: v.id("generations") }),
  v.object({ ok: v.literal(false), reason: v.literal("limit_reached"), limit: v.number(), active: v.number() }),
);

/** The user's open slots, oldest first. */
export async function openSlots(ctx: Pick<QueryCtx, "db">, user: Doc<"users">): Promise<Doc<"generations">[]> {
  const withStatus = (status: "pending" | "generating") =>
    ctx.db
      .query("generations")
      .withIndex("by_user_and_status", (q) => q.eq("userId", user._id).eq("status", status))
      .collect();
  const slots = [...(await withStatus("pending")), ...(await withStatus("generating"))];
  return slots.sort((a, b) => a._creationTime - b._creationTime);
}

/** Opens a slot, or answers that the plan's limit is reached. */
export async function acquireSlot(ctx: MutationCtx, user: Doc<"users">, args: ObjectType<typeof planned.acquireSlot>) {
  const limit = SLOT_LIMITS[user.subscriptionPlan ?? "basic"];
  const active = (await openSlots(ctx, user)).length;
  if (active >= limit) return { ok: false as const, reason: "limit_reached" as const, limit, active };
  const slot = { ...args, userId: user._id, status: "generating" as const, createdAt: Date.now() };
  return { ok: true as const, generationId: await ctx.db.insert("generations", slot) };
}

/** Closes a slot. The first verdict stands: closing a closed slot changes nothing. */
export async function closeSlot(ctx: MutationCtx, user: Doc<"users">, args: ObjectType<typeof planned.closeSlot>) {
  requireVerdict(args);
  const { generationId, ...verdict } = args;
  const slot = await ctx.db.get("generations", generationId);
  if (slot === null || slot.userId !== user._id) throw refusal("not_found", `No slot ${generationId} of this user.`);
  if (slot.status === "completed" || slot.status === "failed") return;
  await ctx.db.patch("generations", generationId, { ...verdict, completedAt: Date.now() });
}

/** `videoUrl` goes with `completed`, and `error` with `failed` alone. A failure needs no reason: the shipped clients give none. */
function requireVerdict({ status, videoUrl, error }: ObjectType<typeof planned.closeSlot>): void {
  if (status === "completed" ? videoUrl !== undefined && error === undefined : videoUrl === undefined) return;
  const taken = status === "completed" ? "videoUrl and not error" : "not videoUrl";
  throw refusal("invalid_arguments", `status "${status}" takes ${taken}.`, { field: "videoUrl" });
}
