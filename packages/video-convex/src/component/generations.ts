// What the app's functions call: start, cancel and read a generation, and what its action needs. The app says who the user is.
import { initial, snapshotOf, type EventPayload, type GenerationPlan } from "@video-engine/video-sdk/core";
import { v, type Value } from "convex/values";
import { internal } from "./_generated/api.ts";
import type { Doc } from "./_generated/dataModel.ts";
import { mutation, query, type MutationCtx, type QueryCtx } from "./_generated/server.ts";
import { asConvexValue } from "./model/as-convex-value.ts";
import { cancelTimer } from "./model/cancel-timer.ts";
import { BEGUN_MS, closeCall, dispatch, follow, tell, unanswered } from "./model/dispatch.ts";
import { appLedger } from "./model/app-ledger.ts";
import { openDraft, stateOf, store, type Draft } from "./model/draft.ts";
import { eventsAfter, lastNumber } from "./model/event-log.ts";
import { limitRate } from "./model/limit-rate.ts";
import { now } from "./model/moment.ts";
import type { ActionEffect } from "./model/perform-in-transaction.ts";
import { refusal } from "./model/refusal.ts";
import { rateLimits, settings } from "./model/settings.ts";

const named = { userId: v.string(), key: v.string() };
/** A start as it is recognised when it is repeated. */
const recognised = { ...named, asked: v.string() };
/** A `GenerationSnapshot`, without its members that are undefined. */
const snapshot = v.any();

/** What has become of an earlier start under this key; null where there was none. With another request it is refused. */
export const started = query({
  args: recognised,
  returns: snapshot,
  handler: async (ctx, start) => shown(await findStarted(ctx, start)),
});

/** Starts a generation, and does all that needs no provider. A repeat under its key changes nothing, and with another request it is refused. */
export const start = mutation({
  args: { ...recognised, plan: v.string(), settings, rateLimits: v.optional(rateLimits) },
  returns: snapshot,
  handler: async (ctx, { userId, key, asked, plan: text, settings: given, rateLimits: limits }) => {
    const earlier = await findStarted(ctx, { userId, key, asked });
    if (earlier !== null) return shown(earlier);
    await limitRate(ctx, userId, limits);
    const first = initial(JSON.parse(text) as GenerationPlan); // made by the client's `planRequest`
    const id = await ctx.db.insert("generations", {
      ...{ userId, key, asked, settings: given, request: JSON.stringify(first[0].plan.request), record: "" },
      ...{ calls: [], waits: [], hasSlot: false, isRunning: true, sweepAt: now() },
    });
    const generation = await ctx.db.get("generations", id);
    if (generation === null) throw new Error("A row that was inserted is not there.");
    const draft: Draft = { generation, state: first[0], calls: [], waits: [], pendingAt: undefined, events: [] };
    await follow(ctx, draft, first);
    await store(ctx, draft);
    return asConvexValue(snapshotOf(draft.state));
  },
});

/** Asks to cancel, as `Generation.cancel`. */
export const cancel = mutation({
  args: named,
  returns: snapshot,
  handler: async (ctx, { userId, key }) => {
    const generation = await find(ctx, { userId, key });
    if (generation === null) throw refusal("not-found", `There is no generation "${key}" of this user.`, { id: key });
    await dispatch(ctx, generation, [{ type: "cancel-requested" }]);
    return shown(await ctx.db.get("generations", generation._id));
  },
});

/** One generation, or null. */
export const get = query({
  args: named,
  returns: snapshot,
  handler: async (ctx, { userId, key }) => shown(await find(ctx, { userId, key })),
});

/** The user's generations, newest first: all that run, and the last that have ended, `limit` of them. */
export const list = query({
  args: { userId: v.string(), limit: v.number() },
  returns: v.array(snapshot),
  handler: async (ctx, { userId, limit }) => {
    const [running, ended] = [await of(ctx, userId, true).collect(), await of(ctx, userId, false).take(limit)];
    return [...running, ...ended].sort((a, b) => b._creationTime - a._creationTime).flatMap(shownIfReadable);
  },
});

/** How many events one answer has. */
const MOST_EVENTS = 100;

/**
 * What has happened to the user's generations after an event's number, oldest first, each as JSON. Without `after`: none, and the number of the last
 * one, to go on from.
 */
export const events = query({
  args: { userId: v.string(), after: v.optional(v.number()) },
  returns: v.object({ last: v.number(), events: v.array(v.object({ number: v.number(), event: v.string() })) }),
  handler: async (ctx, { userId, after }) => {
    const found = after === undefined ? [] : await eventsAfter(ctx, userId, { after, most: MOST_EVENTS });
    return { last: found.at(-1)?.number ?? after ?? (await lastNumber(ctx, userId)), events: found };
  },
});

/** Ends the wait of every generation that this job belongs to, after a provider's webhook: the provider is asked at once. */
export const hear = mutation({
  args: { provider: v.string(), jobId: v.string(), generation: v.optional(v.string()), ticket: v.optional(v.string()) },
  returns: v.null(),
  handler: async (ctx, { provider, jobId, generation, ticket }) => {
    const known = await ctx.db
      .query("generations")
      .withIndex("by_job", (q) => q.eq("jobId", jobId))
      .collect();
    for (const found of known) await dispatch(ctx, found, [{ type: "woken" }]);
    if (known.length > 0 || generation === undefined || ticket === undefined) return null;
    // The answer of the paid call is late, or lost: the ticket, which only the provider was given, says which call it was.
    const draft = await openById(ctx, generation);
    const open = draft?.calls.find((begun) => begun.ticket === ticket);
    if (!draft || open === undefined) return null;
    const { attempt } = JSON.parse(open.effect) as ActionEffect; // written by the dispatcher
    await tell(ctx, draft, [{ type: "job-accepted", attempt, job: { requestId: jobId, provider } }, { type: "woken" }]);
    await store(ctx, draft);
    return null;
  },
});

const call = { generation: v.string(), call: v.string() };

/**
 * The paid call begins: answers what to send, or null where it is not wanted any more. From here on its outcome is unknown until it answers; before,
 * it certainly was not sent. Answers so once per call. `ticket`: a secret that the provider returns with its webhook.
 */
export const begin = mutation({
  args: { ...call, ticket: v.string() },
  returns: v.union(v.null(), v.string()),
  handler: async (ctx, { generation: id, call: callId, ticket }) => {
    const draft = await openById(ctx, id);
    const open = draft?.calls.find((known) => known.id === callId);
    if (!draft || open === undefined || open.hasBegun) return null;
    if ("isCanceling" in draft.state && draft.state.isCanceling) {
      await closeCall(ctx, draft, callId);
      await tell(ctx, draft, [unanswered(open)]);
      await store(ctx, draft);
      return null;
    }
    await cancelTimer(ctx, open.watchdog);
    const dueAt = now() + BEGUN_MS;
    const { _id } = draft.generation;
    const watchdog = await ctx.scheduler.runAt(dueAt, internal.scheduled.giveUp, { generation: _id, call: callId });
    const begun = { ...open, hasBegun: true, ticket, dueAt, watchdog };
    draft.calls = draft.calls.map((known) => (known === open ? begun : known));
    await store(ctx, draft);
    return open.effect;
  },
});

/** The answer of a call, as JSON. It may come twice, late, or after the watchdog: the machine knows by its attempt. */
export const answer = mutation({
  args: { ...call, payload: v.string(), polling: v.optional(v.string()) },
  returns: v.null(),
  handler: async (ctx, { generation: id, call: callId, payload, polling }) => {
    const draft = await openById(ctx, id);
    if (!draft) return null;
    await closeCall(ctx, draft, callId);
    // A deploy that changes the polling reaches a running generation with its next answer.
    const { settings: earlier } = draft.generation;
    if (earlier.polling !== polling) {
      const { polling: _, ...rest } = earlier;
      const renewed = polling === undefined ? rest : { ...rest, polling };
      draft.generation = { ...draft.generation, settings: renewed };
      await ctx.db.patch("generations", draft.generation._id, { settings: renewed });
    }
    await tell(ctx, draft, [JSON.parse(payload) as EventPayload]); // made by `createPerformEffect`
    await store(ctx, draft);
    return null;
  },
});

/** The picture of a video's first frame is there: it is shown, and written to the app's row. */
export const showPoster = mutation({
  args: { generation: v.string(), previewImage: v.string() },
  returns: v.null(),
  handler: async (ctx, { generation: text, previewImage }) => {
    const id = ctx.db.normalizeId("generations", text);
    const generation = id && (await ctx.db.get("generations", id));
    if (!generation) return null;
    await ctx.db.patch("generations", generation._id, { previewImage });
    await showInRow(ctx, generation, previewImage);
    return null;
  },
});

/** Writes the poster to the app's row, as its clients do. A row that refuses it, or is gone, has none. */
async function showInRow(ctx: MutationCtx, generation: Doc<"generations">, previewImage: string): Promise<void> {
  const { rowId } = snapshotOf(stateOf(generation));
  if (generation.settings.functions.grid === undefined || rowId === undefined) return;
  const ledger = appLedger(ctx, generation, () => undefined);
  await ledger.updateRow({ rowId, change: { kind: "previewed", previewImage } });
}

async function find(
  ctx: Pick<QueryCtx, "db">,
  { userId, key }: Pick<Doc<"generations">, "userId" | "key">,
): Promise<Doc<"generations"> | null> {
  return await ctx.db
    .query("generations")
    .withIndex("by_user_and_key", (q) => q.eq("userId", userId).eq("key", key))
    .unique();
}

/** A start under a key. Throws for one of another request. */
async function findStarted(
  ctx: Pick<QueryCtx, "db">,
  { asked, ...named }: Pick<Doc<"generations">, "userId" | "key" | "asked">,
): Promise<Doc<"generations"> | null> {
  const { key: id } = named;
  const found = await find(ctx, named);
  if (found === null || found.asked === asked) return found;
  throw refusal("key-reused", `Generation "${id}" was started with another request. Use a new id.`, { id });
}

function of(ctx: Pick<QueryCtx, "db">, userId: string, isRunning: boolean) {
  return ctx.db
    .query("generations")
    .withIndex("by_user_and_running", (q) => q.eq("userId", userId).eq("isRunning", isRunning))
    .order("desc");
}

/** Undefined for one that was forgotten meanwhile. */
async function openById(ctx: MutationCtx, text: string): Promise<Draft | undefined> {
  const id = ctx.db.normalizeId("generations", text);
  const generation = id && (await ctx.db.get("generations", id));
  return generation ? openDraft(generation) : undefined;
}

function shown(generation: Doc<"generations"> | null): Value {
  if (generation === null) return null;
  return asConvexValue({ ...snapshotOf(stateOf(generation)), previewImage: generation.previewImage });
}

/** A record of a release that was taken back must not hide the others. */
function shownIfReadable(generation: Doc<"generations">): Value[] {
  try {
    return [shown(generation)];
  } catch {
    return [];
  }
}
