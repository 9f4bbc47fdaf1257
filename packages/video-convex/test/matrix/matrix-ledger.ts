// The component's ledger, as the embedded app of the fault matrix lets its client call it.
import { componentsGeneric, mutationGeneric, queryGeneric } from "convex/server";
import { v } from "convex/values";
import type { ComponentApi } from "../../src/client/index.ts";

const { videoEngine } = componentsGeneric() as unknown as { videoEngine: ComponentApi }; // as its convex.config.ts names it

async function callerOf(ctx: { auth: { getUserIdentity(): Promise<{ subject: string } | null> } }): Promise<string> {
  return (await ctx.auth.getUserIdentity())?.subject ?? "";
}

export const grant = mutationGeneric({
  args: { amount: v.number() },
  handler: async (ctx, { amount }): Promise<unknown> =>
    await ctx.runMutation(videoEngine.ledger.grant, { userId: await callerOf(ctx), key: "welcome", amount }),
});

export const read = queryGeneric({
  args: {},
  handler: async (ctx): Promise<unknown> =>
    await ctx.runQuery(videoEngine.ledger.read, { userId: await callerOf(ctx) }),
});
