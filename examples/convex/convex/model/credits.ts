// The user's credits: reserve, then capture or release. No number here ever goes below zero.
// Amounts are whole credits. Like the deployed functions it keeps totals, not one hold per generation.
import { v } from "convex/values";
import type { Doc } from "../_generated/dataModel.js";
import type { MutationCtx } from "../_generated/server.js";
import { refusal } from "./refusal.ts";

/** What `reserveCredits` answers. A shortage is an answer, not an error. */
export const reservation = v.union(
  v.object({ success: v.literal(true) }),
  v.object({ success: v.literal(false), message: v.string() }),
);

/** What `getUserCreditsBreakdown` answers. */
export const creditsBreakdown = v.object({ total: v.number(), reserved: v.number(), available: v.number() });

/** The user's credits: `available` is what a new reservation may take. */
export function creditsOf(user: Doc<"users">): { total: number; reserved: number; available: number } {
  const total = (user.credits ?? 0) + (user.additionalCredits ?? 0);
  const reserved = user.reservedCredits ?? 0;
  return { total, reserved, available: total - reserved };
}

/** Holds credits for a generation, or says how many are missing. */
export async function reserveCredits(ctx: MutationCtx, user: Doc<"users">, amount: number) {
  requireAmount(amount);
  const { reserved, available } = creditsOf(user);
  if (amount > available) {
    return { success: false as const, message: `Not enough credits: ${amount} needed, ${available} available.` };
  }
  await ctx.db.patch("users", user._id, { reservedCredits: reserved + amount });
  return { success: true as const };
}

/** Turns held credits into spent ones: the subscription's first, then the additional ones. Refuses more than is held. */
export async function captureCredits(ctx: MutationCtx, user: Doc<"users">, amount: number): Promise<void> {
  requireAmount(amount);
  const { reserved, total } = creditsOf(user);
  if (amount > Math.min(reserved, total)) {
    const message = `Cannot capture ${amount} credits: ${reserved} reserved of ${total}. Reserve them first.`;
    throw refusal("credits_not_reserved", message, { amount, reserved, total });
  }
  const fromSubscription = Math.min(amount, user.credits ?? 0);
  await ctx.db.patch("users", user._id, {
    credits: (user.credits ?? 0) - fromSubscription,
    additionalCredits: (user.additionalCredits ?? 0) - (amount - fromSubscription),
    reservedCredits: reserved - amount,
  });
}

/** Gives held credits back. Releasing more than is held releases what is held, as an old client may repeat a release. */
export async function releaseCredits(ctx: MutationCtx, user: Doc<"users">, amount: number): Promise<void> {
  requireAmount(amount);
  const reserved = Math.max(0, creditsOf(user).reserved - amount);
  await ctx.db.patch("users", user._id, { reservedCredits: reserved });
}

/** Refuses what is not a whole number of credits above zero. */
function requireAmount(amount: number): void {
  if (Number.isSafeInteger(amount) && amount > 0) return;
  const message = `amount must be a whole number of credits above 0, got ${amount}.`;
  throw refusal("invalid_arguments", message, { field: "amount", value: amount });
}
