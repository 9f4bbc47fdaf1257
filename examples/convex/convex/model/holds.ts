// Which generation holds which credits, for the functions that take an operation id: one hold per key, settled once, for its own amount.
// A generation reserves under `<generation>:reserve`, or under `<generation>:reserve-anew` after a refusal, and settles under `<generation>:settle`. Knows nothing of slots.
import type { Doc } from "../_generated/dataModel.js";
import type { MutationCtx, QueryCtx } from "../_generated/server.js";
import { creditsOf } from "./credits.ts";
import { refusal } from "./refusal.ts";

const RESERVING = /^(.*):reserve(?:-anew)?$/;
const SETTLING = /^(.*):settle$/;

/** The generation of an operation id with this ending; undefined for every other id. */
function generationOf(operationId: string | undefined, ending: RegExp): string | undefined {
  return ending.exec(operationId ?? "")?.[1];
}

/** The hold of a generation, if there is one. */
export async function findHold(
  ctx: Pick<QueryCtx, "db">,
  user: Doc<"users">,
  generationId: string,
): Promise<Doc<"holds"> | null> {
  return await ctx.db
    .query("holds")
    .withIndex("by_user_and_generation", (q) => q.eq("userId", user._id).eq("generationId", generationId))
    .unique();
}

/** The user's holds that are not settled. */
export async function openHolds(ctx: Pick<QueryCtx, "db">, user: Doc<"users">): Promise<Doc<"holds">[]> {
  return await ctx.db
    .query("holds")
    .withIndex("by_user_and_settled", (q) => q.eq("userId", user._id).eq("settledAs", undefined))
    .collect();
}

/** Writes down that a generation holds these credits. An operation id that names none leaves them without an owner. */
export async function openHold(
  ctx: MutationCtx,
  user: Doc<"users">,
  { operationId, amount }: { readonly operationId: string | undefined; readonly amount: number },
): Promise<void> {
  const generationId = generationOf(operationId, RESERVING);
  if (generationId === undefined) return;
  await ctx.db.insert("holds", { userId: user._id, generationId, amount, createdAt: Date.now() });
}

/**
 * Settles the hold that an operation id names. Refuses another amount than it holds, one that is settled, and one that is not there. An
 * id that names no generation may only settle what no generation holds.
 */
export async function settleHold(
  ctx: MutationCtx,
  user: Doc<"users">,
  call: { readonly operationId: string | undefined; readonly amount: number; readonly as: "captured" | "released" },
): Promise<void> {
  const { operationId, amount, as } = call;
  const generationId = generationOf(operationId, SETTLING);
  if (generationId === undefined) return await requireUnowned(ctx, user, amount);
  const hold = await findHold(ctx, user, generationId);
  if (hold === null || hold.settledAs !== undefined || hold.amount !== amount) {
    const held = hold?.settledAs === undefined ? (hold?.amount ?? 0) : 0;
    const message = `${amount} credits cannot be ${as}: generation "${generationId}" holds ${held}.`;
    throw refusal("credits_not_reserved", message, { amount, held });
  }
  await ctx.db.patch("holds", hold._id, { settledAs: as });
}

async function requireUnowned(ctx: MutationCtx, user: Doc<"users">, amount: number): Promise<void> {
  const holds = await openHolds(ctx, user);
  const owned = holds.reduce((sum, hold) => sum + hold.amount, 0);
  const unowned = creditsOf(user).reserved - owned;
  if (owned === 0 || amount <= unowned) return;
  const message = `Of the reserved credits ${owned} belong to generations: settle them under "<generation>:settle".`;
  throw refusal("credits_not_reserved", message, { amount, held: unowned });
}
