// A generation while a transaction works on it: its state, decoded, with its open calls and waits. Read once and written once.
import {
  decodeRecord,
  encodeRecord,
  isDecided,
  isUnfinished,
  snapshotOf,
  type GenerationPlan,
  type GenerationState,
} from "@video-engine/video-sdk/core";
import type { Doc } from "../_generated/dataModel.ts";
import type { MutationCtx } from "../_generated/server.ts";
import { logEvents, type LoggedEvent } from "./event-log.ts";
import { now } from "./moment.ts";
import { requestPoster } from "./poster.ts";

/** A generation that is worked on. */
export interface Draft {
  generation: Doc<"generations">;
  state: GenerationState;
  calls: Doc<"generations">["calls"];
  waits: Doc<"generations">["waits"];
  /** When its job was last said to be pending. */
  pendingAt: number | undefined;
  /** What has happened in this transaction. */
  readonly events: LoggedEvent[];
}

/** How late a timer or a watchdog may be before the sweep does its work, milliseconds. */
export const GRACE_MS = 2 * 60_000;
/** How often what has ended, and is not settled, is tried again, milliseconds; after a week no more often than once a day. */
export const AGAIN_MS = 60 * 60_000;
const DAY_MS = 24 * AGAIN_MS;
const WEEK_MS = 7 * DAY_MS;
/** How long a generation is kept after its end, milliseconds. */
export const KEPT_MS = 30 * DAY_MS;

/** The state of a generation. Throws for a record of a later release: a release that was taken back must not interpret it. */
export function stateOf({
  record,
  request,
  key,
}: Pick<Doc<"generations">, "record" | "request" | "key">): GenerationState {
  const decoded = decodeRecord(record);
  if (decoded.kind !== "state") {
    const why = decoded.kind === "newer" ? `a later version (${decoded.version}) wrote it` : decoded.reason;
    throw new Error(`The record of generation "${key}" cannot be read: ${why}.`);
  }
  // The record forgets the prompt and the attachments once the provider has the job; a row may have to be recorded anew with them.
  const whole = JSON.parse(request) as GenerationPlan["request"]; // written by `start`
  return { ...decoded.state, plan: { ...decoded.state.plan, request: whole } };
}

/** A generation to work on. */
export function openDraft(generation: Doc<"generations">): Draft {
  const { calls, waits } = generation;
  return { generation, state: stateOf(generation), calls, waits, pendingAt: generation.pendingAt, events: [] };
}

/** Writes what has become of it. */
export async function store(
  ctx: MutationCtx,
  { generation, state, calls, waits, pendingAt, events }: Draft,
): Promise<void> {
  await logEvents(ctx, generation, events);
  await requestPoster(ctx, generation, state);
  await ctx.db.patch("generations", generation._id, {
    ...{ record: encodeRecord(state), calls, waits, pendingAt },
    told: (generation.told ?? 0) + events.length,
    isRunning: !isDecided(state),
    jobId: snapshotOf(state).requestId,
    sweepAt: sweepAtOf({ state, calls, waits }),
  });
}

/** When something may be wrong with it, or it may be tried again, or forgotten. */
function sweepAtOf({ state, calls, waits }: Pick<Draft, "state" | "calls" | "waits">): number {
  const at = now();
  const due = [...calls.map(({ dueAt }) => dueAt), ...waits.map(({ until }) => until)];
  if (due.length > 0) return Math.min(...due) + GRACE_MS;
  if (!isDecided(state)) return at + GRACE_MS;
  if (!isUnfinished(state)) return endedAtOf(state) + KEPT_MS;
  return at + (at - endedAtOf(state) > WEEK_MS ? DAY_MS : AGAIN_MS);
}

/** When it was decided how it ends. */
export function endedAtOf(state: GenerationState): number {
  return "decidedAt" in state ? state.decidedAt : state.plan.createdAt;
}
