// For the app's server, not for its clients: uses up a reservation before the server pays for a job. See docs/security.md.
import { v } from "convex/values";
import { mutation } from "./_generated/server.js";
import { findUser } from "./model/caller.ts";
import { findHold, openHolds } from "./model/holds.ts";
import { refusal } from "./model/refusal.ts";
import { openSlots, SLOT_LIMITS } from "./model/slots.ts";

declare const process: { readonly env: Record<string, string | undefined> };

const LEAST_SECRET_LENGTH = 32;

/**
 * Whether a user's generation holds at least `amount` credits that no job was paid for yet; from then on, one was. True at most once for
 * a generation, for ever: it is one transaction, and the mark stays. Also refuses a user without an open slot, and one with as many
 * unsettled jobs as the plan has slots, because slots can be closed while their jobs run. The server proves itself by the deployment's
 * VIDEO_SERVER_SECRET; without that setting every call is refused.
 */
export const useReservation = mutation({
  args: { serverSecret: v.string(), clerkId: v.string(), generationId: v.string(), amount: v.number() },
  returns: v.boolean(),
  handler: async (ctx, { serverSecret, clerkId, generationId, amount }) => {
    requireServer(serverSecret);
    const user = await findUser(ctx, clerkId);
    if (user === null) return false;
    const hold = await findHold(ctx, user, generationId);
    if (hold === null || hold.settledAs !== undefined || hold.usedAt !== undefined || hold.amount < amount)
      return false;
    if ((await openSlots(ctx, user)).length === 0) return false;
    const used = (await openHolds(ctx, user)).filter(({ usedAt }) => usedAt !== undefined);
    if (used.length >= SLOT_LIMITS[user.subscriptionPlan ?? "basic"]) return false;
    await ctx.db.patch("holds", hold._id, { usedAt: Date.now() });
    return true;
  },
});

function requireServer(serverSecret: string): void {
  const expected = process.env["VIDEO_SERVER_SECRET"] ?? "";
  if (expected.length >= LEAST_SECRET_LENGTH && serverSecret === expected) return;
  throw refusal("unauthenticated", "Only the app's server may call this: set VIDEO_SERVER_SECRET on both sides.");
}
