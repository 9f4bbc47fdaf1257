// How long the last jobs of each model took, of all users of the deployment: what the polling policy plans by.
import { durationSeen, type GenerationReport } from "@video-engine/video-sdk/adapters";
import type { GenerationPlan, GenerationState } from "@video-engine/video-sdk/core";
import type { MutationCtx } from "../_generated/server.ts";

/** As many as the policy goes by. More would be slower to notice that a provider has become faster or slower. */
const KEPT = 32;
/** Every step of a generation reads the row of its model, so once it is full it is written seldom: conflicts with those steps stay rare. */
const LEAST_BETWEEN_WRITES_MS = 60_000;

/** The durations of the model of a plan, in milliseconds; undefined before the first. */
export async function durationsOf(ctx: MutationCtx, plan: GenerationPlan): Promise<readonly number[] | undefined> {
  return (await find(ctx, plan.request.model))?.seenMs;
}

/** Learns from an event that has ended the questions about a job. */
export async function learnDuration(
  ctx: MutationCtx,
  { before, pendingAt }: { readonly before: GenerationState; readonly pendingAt: number | undefined },
  event: Pick<GenerationReport, "type" | "effect" | "at" | "wasHeld">,
): Promise<void> {
  if (before.name !== "polling" || event.type !== "job-finished" || event.effect !== "check-status") return;
  const { plan, acceptedAt } = before;
  const { model } = plan.request;
  const seen = durationSeen({ model, modelFacts: plan.modelFacts, acceptedAt, pendingAt }, event);
  if (seen === undefined) return;
  const known = await find(ctx, model);
  const { at } = event;
  if (known === null) return void (await ctx.db.insert("durations", { model, seenMs: [seen], at }));
  if (known.seenMs.length === KEPT && at - known.at < LEAST_BETWEEN_WRITES_MS) return;
  await ctx.db.patch("durations", known._id, { seenMs: [...known.seenMs, seen].slice(-KEPT), at });
}

async function find(ctx: MutationCtx, model: string) {
  return await ctx.db
    .query("durations")
    .withIndex("by_model", (q) => q.eq("model", model))
    .unique();
}
