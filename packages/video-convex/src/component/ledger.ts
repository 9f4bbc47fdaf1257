// The component's own credits, for the app's functions: grant, reserve, capture, release, refund, what there is, and the ceilings. The app says who
// the user is. Each call may be repeated under its key.
import { v } from "convex/values";
import { mutation, query } from "./_generated/server.ts";
import { isName, type Booked } from "./model/booking.ts";
import * as books from "./model/books.ts";
import { ALL, ceilingsOf, EACH_USER, scopeOf } from "./model/ceilings.ts";
import { now } from "./model/moment.ts";
import { refusal, refusalOf } from "./model/refusal.ts";

const booking = { userId: v.string(), key: v.string() };
const amount = v.number();
const balance = v.object({ balance: v.number(), held: v.number(), available: v.number() });

/** Adds credits to a user's account. Answers what the user has. */
export const grant = mutation({
  args: { ...booking, amount, note: v.optional(v.string()) },
  returns: balance,
  handler: async (ctx, args) => {
    require(await books.grant(ctx, { ...args, at: now() }));
    return await books.balanceOf(ctx, args.userId);
  },
});

/** Holds credits under a key. A shortage, and a ceiling that is reached, are answers: nothing is held then. */
export const reserve = mutation({
  args: { ...booking, amount, expiresInMs: v.optional(v.number()) },
  returns: v.union(
    v.object({ success: v.literal(true) }),
    v.object({ success: v.literal(false), message: v.string() }),
  ),
  handler: async (ctx, args) => {
    const booked = await books.reserve(ctx, { ...args, at: now() });
    if (!booked.ok && booked.error.code === "insufficient-credits") {
      return { success: false as const, message: booked.error.message };
    }
    require(booked);
    return { success: true as const };
  },
});

/** Charges up to what is held under a key, and gives the rest back. */
export const capture = mutation({
  args: { ...booking, amount },
  returns: balance,
  handler: async (ctx, args) => {
    require(await books.capture(ctx, { ...args, at: now() }));
    return await books.balanceOf(ctx, args.userId);
  },
});

/** Gives back all that is held under a key. */
export const release = mutation({
  args: booking,
  returns: balance,
  handler: async (ctx, args) => {
    require(await books.release(ctx, { ...args, at: now() }));
    return await books.balanceOf(ctx, args.userId);
  },
});

/** Gives back what was captured under a key, or a part of it, once per `refundKey`. */
export const refund = mutation({
  args: { ...booking, amount, refundKey: v.string(), note: v.optional(v.string()) },
  returns: balance,
  handler: async (ctx, args) => {
    require(await books.refund(ctx, { ...args, at: now() }));
    return await books.balanceOf(ctx, args.userId);
  },
});

/** What a user has: `available` is what a new reservation may take. */
export const read = query({
  args: { userId: v.string() },
  returns: balance,
  handler: async (ctx, { userId }) => await books.balanceOf(ctx, userId),
});

const MOST_ENTRIES = 200;

/** A user's history, newest first: `limit` entries, at most 200. `before`: the number of the last entry that was read. */
export const history = query({
  args: { userId: v.string(), limit: v.number(), before: v.optional(v.number()) },
  handler: async (ctx, { userId, limit, before = Number.MAX_SAFE_INTEGER }) => {
    for (const [field, value] of Object.entries({ limit, before })) {
      if (!(value >= 1)) throw refusal("invalid-request", `${field} must be a number from 1, got ${value}.`, { field });
    }
    const entries = await ctx.db
      .query("entries")
      .withIndex("by_user_and_number", (q) => q.eq("userId", userId).lt("number", before))
      .order("desc")
      .take(Math.min(Math.trunc(limit), MOST_ENTRIES));
    return entries.map(({ _id, _creationTime, userId: _user, ...entry }) => entry);
  },
});

const period = v.union(v.literal("day"), v.literal("month"), v.literal("ever"));
/** `all`: all users together. `each-user`: each user without a ceiling of its own for the same period. Otherwise one user. */
const scope = v.union(v.literal("all"), v.literal("each-user"), v.object({ userId: v.string() }));

/**
 * Sets a spend ceiling in whole credits, or removes it (`null`). It counts what is held and charged from then on, in days and months of UTC. A ceiling
 * for all is one counter that every reservation writes: see the docs for what that allows in a second.
 */
export const setCeiling = mutation({
  args: { scope, period, credits: v.union(v.null(), v.number()) },
  returns: v.null(),
  handler: async (ctx, { scope: of, period: every, credits }) => {
    if (credits !== null && !(Number.isSafeInteger(credits) && credits >= 0)) {
      throw refusal("invalid-request", `credits must be a whole number from 0, or null, got ${credits}.`);
    }
    if (typeof of === "object" && !isName(of.userId)) {
      throw refusal("invalid-request", `scope.userId must be 1 to 1024 characters, got ${of.userId.length} of them.`);
    }
    const name = of === "all" ? ALL : of === "each-user" ? EACH_USER : scopeOf(of.userId);
    const earlier = (await ceilingsOf(ctx, name)).find((ceiling) => ceiling.period === every);
    if (earlier !== undefined) await ctx.db.delete("ceilings", earlier._id);
    if (credits !== null) await ctx.db.insert("ceilings", { scope: name, period: every, credits });
    return null;
  },
});

/** Throws a refusal, so that the whole transaction of the caller knows. */
function require(booked: Booked): void {
  if (!booked.ok) throw refusalOf(booked.error);
}
