// What has happened to the generations of a user, for the clients' `onEvent`: numbered per user, and only the last are kept.
import type { BackendReport, GenerationReport } from "@video-engine/video-sdk/adapters";
import type { Doc } from "../_generated/dataModel.ts";
import type { MutationCtx, QueryCtx } from "../_generated/server.ts";

/** An event as clients are told it. `seq` is given when it is kept. */
export type LoggedEvent = GenerationReport | BackendReport;

/** How many events of a user are kept: those of some eight generations. A client that was away for longer has missed the ones before. */
const KEPT = 200;

/** Keeps events of a generation, and forgets the oldest of its user. */
export async function logEvents(
  ctx: MutationCtx,
  { userId, told = 0 }: Pick<Doc<"generations">, "userId" | "told">,
  events: readonly LoggedEvent[],
): Promise<void> {
  if (events.length === 0) return;
  const last = await lastNumber(ctx, userId);
  for (const [index, event] of events.entries()) {
    const number = last + index + 1;
    const numbered = "seq" in event ? { ...event, seq: told + index + 1 } : event;
    await ctx.db.insert("events", { userId, number, event: JSON.stringify(numbered) });
  }
  const old = ctx.db
    .query("events")
    .withIndex("by_user_and_number", (q) => q.eq("userId", userId).lte("number", last + events.length - KEPT));
  for (const { _id } of await old.collect()) await ctx.db.delete("events", _id);
}

/** The number of the last event of a user; 0 before the first. */
export async function lastNumber(ctx: Pick<QueryCtx, "db">, userId: string): Promise<number> {
  const last = await ctx.db
    .query("events")
    .withIndex("by_user_and_number", (q) => q.eq("userId", userId))
    .order("desc")
    .first();
  return last?.number ?? 0;
}

/** The events after a number, oldest first, at most so many. */
export async function eventsAfter(
  ctx: Pick<QueryCtx, "db">,
  userId: string,
  { after, most }: { readonly after: number; readonly most: number },
): Promise<{ number: number; event: string }[]> {
  const found = await ctx.db
    .query("events")
    .withIndex("by_user_and_number", (q) => q.eq("userId", userId).gt("number", after))
    .take(most);
  return found.map(({ number, event }) => ({ number, event }));
}
