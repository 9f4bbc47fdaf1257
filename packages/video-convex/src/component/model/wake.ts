// The webhook of a job came: the provider is asked about it at once, or as soon as the machine takes another question.
import type { GenerationState } from "@video-engine/video-sdk/core";
import { internal } from "../_generated/api.ts";
import type { Doc } from "../_generated/dataModel.ts";
import type { MutationCtx } from "../_generated/server.ts";
import { dispatch } from "./dispatch.ts";
import { openDraft } from "./draft.ts";
import { now } from "./moment.ts";

/** When a question that is out should have been answered, and another one may follow, milliseconds. */
const AFTER_QUESTION_MS = 3_000;

/** Asks about the job, now or later. News that comes just after a question would otherwise wait for the next one, for up to half of the usual time. */
export async function wake(ctx: MutationCtx, generation: Doc<"generations">): Promise<void> {
  const later = laterThan(openDraft(generation).state, now());
  if (later === undefined) await dispatch(ctx, generation, [{ type: "woken" }]);
  else await ctx.scheduler.runAt(later, internal.scheduled.wakeAgain, { generation: generation._id });
}

/** When the machine takes another question. Undefined: now, or it asks none. */
function laterThan(state: GenerationState, at: number): number | undefined {
  if (state.name !== "polling") return undefined;
  const { isAsking, notBefore } = state.poll;
  if (isAsking) return Math.max(notBefore, at + AFTER_QUESTION_MS);
  return notBefore > at ? notBefore : undefined;
}
