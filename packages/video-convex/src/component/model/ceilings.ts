// Spend ceilings: what may be held and charged in a day, a month or ever, by one user and by all together. What is given back is taken off again.
import type { Doc } from "../_generated/dataModel.ts";
import type { MutationCtx, QueryCtx } from "../_generated/server.ts";

/** One counter of a ceiling. */
export interface Counted {
  readonly scope: string;
  readonly window: string;
}

/** A ceiling that a reservation would exceed. */
export interface Exceeded {
  readonly ceiling: Doc<"ceilings">;
  readonly spent: number;
}

/** The scope of all users together. Its counter is one row that every reservation writes, while there is such a ceiling. */
export const ALL = "all";
/** The scope of each user that has no ceiling of its own for the same period. */
export const EACH_USER = "user";

/** The scope of one user. */
export function scopeOf(userId: string): string {
  return `user:${userId}`;
}

/** Counts a reservation towards its ceilings, or says which one it would exceed; then nothing is counted. */
export async function count(
  ctx: MutationCtx,
  { userId, amount, at }: { readonly userId: string; readonly amount: number; readonly at: number },
): Promise<{ readonly counted: readonly Counted[] } | { readonly exceeded: Exceeded }> {
  const own = await ceilingsOf(ctx, scopeOf(userId));
  const ofEach = (await ceilingsOf(ctx, EACH_USER)).filter(({ period }) => own.every((one) => one.period !== period));
  const due = [
    ...[...own, ...ofEach].map((ceiling) => ({ ceiling, scope: scopeOf(userId) })),
    ...(await ceilingsOf(ctx, ALL)).map((ceiling) => ({ ceiling, scope: ALL })),
  ].map(({ ceiling, scope }) => ({ ceiling, counter: { scope, window: windowOf(ceiling.period, at) } }));
  for (const { ceiling, counter } of due) {
    const spent = (await findSpent(ctx, counter))?.credits ?? 0;
    if (spent + amount > ceiling.credits) return { exceeded: { ceiling, spent } };
  }
  const counted = due.map(({ counter }) => counter);
  await add(ctx, counted, amount);
  return { counted };
}

/** Takes what was given back off the counters that it counted towards. */
export async function uncount(ctx: MutationCtx, counted: readonly Counted[], amount: number): Promise<void> {
  if (amount > 0) await add(ctx, counted, -amount);
}

/** The ceilings of a scope: at most one per period. */
export async function ceilingsOf(ctx: Pick<QueryCtx, "db">, scope: string): Promise<Doc<"ceilings">[]> {
  return await ctx.db
    .query("ceilings")
    .withIndex("by_scope", (q) => q.eq("scope", scope))
    .collect();
}

async function add(ctx: MutationCtx, counted: readonly Counted[], amount: number): Promise<void> {
  for (const counter of counted) {
    const spent = await findSpent(ctx, counter);
    if (spent === null) await ctx.db.insert("spent", { ...counter, credits: amount });
    else await ctx.db.patch("spent", spent._id, { credits: spent.credits + amount });
  }
}

async function findSpent(ctx: MutationCtx, { scope, window }: Counted): Promise<Doc<"spent"> | null> {
  return await ctx.db
    .query("spent")
    .withIndex("by_scope_and_window", (q) => q.eq("scope", scope).eq("window", window))
    .unique();
}

/** Days and months are UTC's. */
function windowOf(period: Doc<"ceilings">["period"], at: number): string {
  const date = new Date(at).toISOString();
  if (period === "day") return `day:${date.slice(0, 10)}`;
  return period === "month" ? `month:${date.slice(0, 7)}` : "ever";
}
