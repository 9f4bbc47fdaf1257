// What the scheduler and the cron run, and what is run within a transaction. Nothing here can be called from outside of the component.
import { isDecided, isUnfinished, type WaitKey } from "@video-engine/video-sdk/core";
import { v } from "convex/values";
import { internal } from "./_generated/api.ts";
import { internalMutation, type MutationCtx } from "./_generated/server.ts";
import { expire } from "./model/books.ts";
import { cancelTimer } from "./model/cancel-timer.ts";
import { closeCall, goOn, tell, unanswered } from "./model/dispatch.ts";
import { AGAIN_MS, endedAtOf, GRACE_MS, KEPT_MS, openDraft, store, type Draft } from "./model/draft.ts";
import { now } from "./model/moment.ts";
import { performByApp, type LedgerEffect } from "./model/perform-in-transaction.ts";

const generation = v.id("generations");

/** A wait is over. A wait that was replaced, or is not waited for any more, changes nothing. */
export const elapsed = internalMutation({
  args: { generation, key: v.string(), until: v.number() },
  returns: v.null(),
  handler: async (ctx, { generation: id, key, until }) => {
    const found = await ctx.db.get("generations", id);
    const draft = found && openDraft(found);
    if (!draft?.waits.some((open) => open.key === key && open.until === until)) return null;
    await endWait(ctx, draft, key);
    await store(ctx, draft);
    return null;
  },
});

/** The watchdog of a call: it was not answered in time. */
export const giveUp = internalMutation({
  args: { generation, call: v.string() },
  returns: v.null(),
  handler: async (ctx, { generation: id, call }) => {
    const found = await ctx.db.get("generations", id);
    const draft = found && openDraft(found);
    const open = draft?.calls.find(({ id: openId }) => openId === call);
    if (draft === null || open === undefined) return null;
    draft.calls = draft.calls.filter((other) => other !== open);
    await tell(ctx, draft, [unanswered(open)]);
    await store(ctx, draft);
    return null;
  },
});

/** Performs one effect by the app's functions, as a transaction within the transaction. Returns its answer as JSON. */
export const callApp = internalMutation({
  args: { generation, effect: v.string() },
  returns: v.string(),
  handler: async (ctx, { generation: id, effect }) => {
    const owner = await ctx.db.get("generations", id);
    if (owner === null) throw new Error("There is no such generation.");
    return JSON.stringify(await performByApp(ctx, owner, JSON.parse(effect) as LedgerEffect)); // written by `performInTransaction`
  },
});

/** How many generations, and how many holds, one sweep looks at. Where there are more, another follows it. */
const AT_ONCE = 50;

/**
 * Mends what the scheduler lost, such as by a deploy whose functions threw; tries again what has ended and is not settled; gives back the holds
 * whose time is over; forgets what ended a month ago.
 */
export const sweep = internalMutation({
  args: {},
  returns: v.object({ looked: v.number(), expired: v.number() }),
  handler: async (ctx) => {
    const at = now();
    const due = await ctx.db
      .query("generations")
      .withIndex("by_sweep", (q) => q.lte("sweepAt", at))
      .take(AT_ONCE);
    for (const { _id } of due) {
      // One that cannot be read must not keep the others from being mended: each is a function of its own, and makes room for the next.
      await ctx.db.patch("generations", _id, { sweepAt: at + AGAIN_MS });
      await ctx.scheduler.runAfter(0, internal.scheduled.mend, { generation: _id });
    }
    const holds = await ctx.db
      .query("holds")
      .withIndex("by_status_and_expiry", (q) => q.eq("status", "held").gt("expiresAt", 0).lte("expiresAt", at))
      .take(AT_ONCE);
    for (const hold of holds) await expire(ctx, hold, at);
    if (Math.max(due.length, holds.length) === AT_ONCE) await ctx.scheduler.runAfter(0, internal.scheduled.sweep, {});
    return { looked: due.length, expired: holds.length };
  },
});

/** Mends, tries again or forgets one generation, as it needs. */
export const mend = internalMutation({
  args: { generation },
  returns: v.null(),
  handler: async (ctx, { generation: id }) => {
    const found = await ctx.db.get("generations", id);
    if (found === null) return null;
    const draft = openDraft(found);
    const [late, at] = [now() - GRACE_MS, now()];
    const waits = draft.waits.filter(({ until }) => until <= late);
    const calls = draft.calls.filter(({ dueAt }) => dueAt <= late);
    for (const { key, timer } of waits) {
      await cancelTimer(ctx, timer);
      await endWait(ctx, draft, key);
    }
    for (const call of calls) {
      await closeCall(ctx, draft, call.id);
      await tell(ctx, draft, [unanswered(call)]);
    }
    const isIdle = draft.waits.length + draft.calls.length + waits.length + calls.length === 0;
    if (isIdle && isDecided(draft.state) && !isUnfinished(draft.state) && endedAtOf(draft.state) + KEPT_MS <= at) {
      await ctx.db.delete("generations", id);
      return null;
    }
    if (isIdle) await goOn(ctx, draft);
    await store(ctx, draft);
    return null;
  },
});

async function endWait(ctx: MutationCtx, draft: Draft, key: string): Promise<void> {
  draft.waits = draft.waits.filter((open) => open.key !== key);
  await tell(ctx, draft, [{ type: "wait-elapsed", key: key as WaitKey }]); // as the core has named it
}
