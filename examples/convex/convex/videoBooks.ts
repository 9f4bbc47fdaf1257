// The app's books and rows, for generations that run in the deployment: the functions that clients call, with the user's id in place of a token. They
// are internal, and part of the transaction that calls them.
import { v, type ObjectType, type PropertyValidators } from "convex/values";
import type { Doc } from "./_generated/dataModel.js";
import { internalMutation, type MutationCtx } from "./_generated/server.js";
import { findUser } from "./model/caller.ts";
import * as credits from "./model/credits.ts";
import { openHold, settleHold } from "./model/holds.ts";
import { operationArg } from "./model/operations.ts";
import * as planned from "./model/plannedArgs.ts";
import { refusal } from "./model/refusal.ts";
import * as rows from "./model/rows.ts";
import * as sessions from "./model/sessions.ts";
import * as slots from "./model/slots.ts";

/** As `generations:acquireGenerationSlot`. */
export const acquireGenerationSlot = forUser(
  planned.acquireSlot,
  async (ctx, { user }, args) => await slots.acquireSlot(ctx, user, args),
);

/** As `generations:updateGenerationStatus`. */
export const updateGenerationStatus = forUser(
  planned.closeSlot,
  async (ctx, { user }, args) => await slots.closeSlot(ctx, user, args),
);

/** As `users:reserveCredits` under an operation id. */
export const reserveCredits = forUser(planned.amount, async (ctx, { user, operationId }, { amount }) => {
  const answer = await credits.reserveCredits(ctx, user, amount);
  if (answer.success) await openHold(ctx, user, { operationId, amount });
  return answer;
});

/** As `users:captureReservedCredits` under an operation id. */
export const captureReservedCredits = forUser(planned.amount, async (ctx, { user, operationId }, { amount }) => {
  await settleHold(ctx, user, { operationId, amount, as: "captured" });
  await credits.captureCredits(ctx, user, amount);
});

/** As `users:releaseReservedCredits` under an operation id. */
export const releaseReservedCredits = forUser(planned.amount, async (ctx, { user, operationId }, { amount }) => {
  await settleHold(ctx, user, { operationId, amount, as: "released" });
  await credits.releaseCredits(ctx, user, amount);
});

/** As `sessions:createSession`. */
export const createSession = forUser(
  planned.createSession,
  async (ctx, { user }, args) => await sessions.createSession(ctx, user, args),
);

/** As `sessions:addGenerationToSession`. */
export const addGenerationToSession = forUser(
  planned.addRow,
  async (ctx, { user }, args) => await rows.addRow(ctx, user, args),
);

/** As `sessions:updateGeneration`. */
export const updateGeneration = forUser(
  planned.updateRow,
  async (ctx, { user }, args) => await rows.updateRow(ctx, user, args),
);

interface Caller {
  readonly user: Doc<"users">;
  readonly operationId: string | undefined;
}

/** One of the app's functions, told who the user is. What it returns is what clients get. */
function forUser<Args extends PropertyValidators>(
  args: Args,
  run: (ctx: MutationCtx, caller: Caller, args: ObjectType<Args>) => Promise<unknown>,
) {
  return internalMutation({
    args: { ...args, ...operationArg, userId: v.string() },
    handler: async (ctx, given): Promise<unknown> => {
      const { userId, operationId, ...rest } = given as ObjectType<Args> & Told; // as the validators say
      const user = await findUser(ctx, userId);
      if (user === null) throw refusal("user_not_found", `No user row for "${userId}".`);
      return (await run(ctx, { user, operationId }, rest as unknown as ObjectType<Args>)) ?? null;
    },
  });
}

interface Told {
  readonly userId: string;
  readonly operationId?: string;
}
