// The money functions with an optional `operationId`: repeated under the same id they happen once.
// Capture and release of a generation share one id, so whichever comes first decides and the other changes nothing.
import { v } from "convex/values";
import { mutation, query } from "../_generated/server.js";
import { requireUser } from "../model/caller.ts";
import * as credits from "../model/credits.ts";
import { openHold, settleHold } from "../model/holds.ts";
import { operationArg, runOnce } from "../model/operations.ts";
import * as planned from "../model/plannedArgs.ts";

const amountArgsWithId = { ...planned.amount, ...operationArg };
const settlement = v.object({ decided: v.union(v.literal("captured"), v.literal("released")) });
const SETTLE = "settleCredits";

/** The caller's total, reserved and available credits. */
export const getUserCreditsBreakdown = query({
  args: {},
  returns: credits.creditsBreakdown,
  handler: async (ctx) => credits.creditsOf(await requireUser(ctx)),
});

/** As `users:reserveCredits`. A refusal is recorded too: a new attempt needs a new id. Under `<generation>:reserve` the credits are that generation's. */
export const reserveCredits = mutation({
  args: amountArgsWithId,
  returns: credits.reservation,
  handler: (ctx, args) =>
    runOnce(ctx, { name: "reserveCredits", args }, async (user, { amount }) => {
      const answer = await credits.reserveCredits(ctx, user, amount);
      if (answer.success) await openHold(ctx, user, { operationId: args.operationId, amount });
      return answer;
    }),
});

/** As `users:captureReservedCredits`, and answers what was decided under this id. Under `<generation>:settle`: exactly what that generation holds. */
export const captureReservedCredits = mutation({
  args: amountArgsWithId,
  returns: settlement,
  handler: (ctx, args) =>
    runOnce(ctx, { name: SETTLE, args }, async (user, { amount }) => {
      await settleHold(ctx, user, { operationId: args.operationId, amount, as: "captured" });
      await credits.captureCredits(ctx, user, amount);
      return { decided: "captured" as const };
    }),
});

/** As `users:releaseReservedCredits`, and answers what was decided under this id. Under `<generation>:settle`: exactly what that generation holds. */
export const releaseReservedCredits = mutation({
  args: amountArgsWithId,
  returns: settlement,
  handler: (ctx, args) =>
    runOnce(ctx, { name: SETTLE, args }, async (user, { amount }) => {
      await settleHold(ctx, user, { operationId: args.operationId, amount, as: "released" });
      await credits.releaseCredits(ctx, user, amount);
      return { decided: "released" as const };
    }),
});
