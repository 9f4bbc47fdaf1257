// The host of the machine: an event comes in, the core returns state and effects; what belongs to the books is done at once, in the same
// transaction; provider calls and waits become scheduled functions. Decides nothing.
import { loggedEvent, reportOf, type BackendReport } from "@video-engine/video-sdk/adapters";
import {
  createPollingPolicy,
  resume,
  transition,
  videoErrorData,
  type Effect,
  type EventPayload,
  type PollingOptions,
  type Rules,
  type TransitionResult,
  type WaitKey,
} from "@video-engine/video-sdk/core";
import { internal } from "../_generated/api.ts";
import type { Doc } from "../_generated/dataModel.ts";
import type { MutationCtx } from "../_generated/server.ts";
import { cancelTimer } from "./cancel-timer.ts";
import { openDraft, store, type Draft } from "./draft.ts";
import { durationsOf, learnDuration } from "./learned-durations.ts";
import { moment, now } from "./moment.ts";
import { performHandle } from "./perform-arguments.ts";
import { OUTSIDE, performInTransaction, type ActionEffect, type LedgerEffect } from "./perform-in-transaction.ts";

/** Longer than an action asks a provider, and copies a video. */
const CALL_MS = 2 * 60_000;
/** Convex ends an action after ten minutes. After that the paid call certainly sends nothing more, and its answer is lost. */
export const BEGUN_MS = 10 * 60_000 + 15_000;

/** Tells a generation what has happened. */
export async function dispatch(
  ctx: MutationCtx,
  generation: Doc<"generations">,
  payloads: readonly EventPayload[],
): Promise<void> {
  const draft = openDraft(generation);
  await tell(ctx, draft, payloads);
  await store(ctx, draft);
}

/** Carries a first step out, or one that was taken elsewhere, and what follows from it. */
export async function follow(ctx: MutationCtx, draft: Draft, [state, effects]: TransitionResult): Promise<void> {
  draft.state = state;
  await tell(ctx, draft, await carryOut(ctx, draft, effects));
}

/** Goes on with a generation of which nothing is under way: what was, has an unknown outcome. */
export async function goOn(ctx: MutationCtx, draft: Draft): Promise<void> {
  await follow(ctx, draft, resume(draft.state, moment(), await rulesOf(ctx, draft)));
}

/** Tells events, and those that follow from them, until nothing follows. */
export async function tell(ctx: MutationCtx, draft: Draft, payloads: readonly EventPayload[]): Promise<void> {
  const rules = await rulesOf(ctx, draft);
  const queue = [...payloads];
  for (let payload = queue.shift(); payload !== undefined; payload = queue.shift()) {
    const { at, random } = moment();
    const before = draft.state;
    const [next, effects] = transition(before, { ...payload, at, random }, rules);
    draft.state = next;
    const report = reportOf(payload, { state: next, seq: 0, at });
    if (next !== before || effects.length > 0) draft.events.push(report);
    await learnDuration(ctx, { before, pendingAt: draft.pendingAt }, report);
    if (payload.type === "job-pending") draft.pendingAt = at;
    queue.push(...(await carryOut(ctx, draft, effects)));
  }
}

/** The event for a call that is given up: it has not begun, and now never will; or it is not known what became of it. */
export function unanswered({ effect, hasBegun }: Doc<"generations">["calls"][number]): EventPayload {
  const { type, attempt } = JSON.parse(effect) as ActionEffect; // written by `schedule`
  const isCertain = type === "submit-job" && !hasBegun;
  const error = videoErrorData(isCertain ? "provider-unavailable" : "unreachable");
  return { type: "effect-failed", effect: type, attempt, certainty: isCertain ? "not-done" : "unknown", error };
}

/** Ends a call: its answer has come, or it is given up. Returns whether it was open. */
export async function closeCall(ctx: MutationCtx, draft: Draft, id: string): Promise<boolean> {
  const call = draft.calls.find((open) => open.id === id);
  if (call === undefined) return false;
  draft.calls = draft.calls.filter((open) => open !== call);
  await cancelTimer(ctx, call.watchdog);
  return true;
}

/** The policy of the app's options, which is told how long the last jobs took. */
async function rulesOf(ctx: MutationCtx, { generation, state }: Draft): Promise<Rules> {
  const { polling } = generation.settings;
  const policy = createPollingPolicy(polling === undefined ? {} : (JSON.parse(polling) as PollingOptions)); // checked by the client's types
  const seenMs = await durationsOf(ctx, state.plan);
  return { polling: (context) => policy({ ...context, seenMs }) };
}

/** Carries effects out. Returns the answers of those that belong to the transaction. */
async function carryOut(ctx: MutationCtx, draft: Draft, effects: readonly Effect[]): Promise<readonly EventPayload[]> {
  const answers: EventPayload[] = [];
  for (const effect of effects) {
    if (effect.type === "wait") await wait(ctx, draft, effect);
    else if (effect.type === "stop-waiting") await stopWaiting(ctx, draft);
    else if (isForAction(effect)) await schedule(ctx, draft, effect);
    else {
      const { answer, refused } = await performInTransaction(ctx, draft.generation, effect);
      const prompts = (): readonly string[] => [draft.state.plan.request.prompt];
      draft.events.push(...refused.map((report) => loggedEvent(report, { user: undefined, prompts }) as BackendReport)); // of the same type
      answers.push(answer);
    }
  }
  return answers;
}

function isForAction(effect: ActionEffect | LedgerEffect): effect is ActionEffect {
  return OUTSIDE.some((type) => type === effect.type);
}

async function wait(
  ctx: MutationCtx,
  draft: Draft,
  { key, until }: { readonly key: WaitKey; readonly until: number },
): Promise<void> {
  await stopWaiting(ctx, draft, key);
  const timer = await ctx.scheduler.runAt(until, internal.scheduled.elapsed, {
    generation: draft.generation._id,
    ...{ key, until },
  });
  draft.waits = [...draft.waits, { key, until, timer }];
}

async function stopWaiting(ctx: MutationCtx, draft: Draft, key?: string): Promise<void> {
  const stopped = draft.waits.filter((open) => key === undefined || open.key === key);
  draft.waits = draft.waits.filter((open) => !stopped.includes(open));
  for (const { timer } of stopped) await cancelTimer(ctx, timer);
}

/** Schedules the action of a call, and the watchdog that ends it: an action runs at most once, and one that dies says nothing. */
async function schedule(ctx: MutationCtx, draft: Draft, effect: ActionEffect): Promise<void> {
  const { _id, userId, key, settings } = draft.generation;
  const id = `${effect.type}:${effect.attempt}`;
  const [text, dueAt] = [JSON.stringify(effect), now() + CALL_MS];
  // The paid call asks whether it is still wanted, and is told then what to send.
  const told = effect.type === "submit-job" ? {} : { effect: text };
  await ctx.scheduler.runAfter(0, performHandle(settings), { generation: _id, call: id, userId, key, ...told });
  const watchdog = await ctx.scheduler.runAt(dueAt, internal.scheduled.giveUp, { generation: _id, call: id });
  draft.calls = [...draft.calls, { id, effect: text, hasBegun: false, dueAt, watchdog }];
}
