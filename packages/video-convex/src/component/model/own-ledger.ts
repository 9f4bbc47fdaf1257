// Slots, credits and rows in the component's own tables, as the port that effects call. Each call is part of the transaction that asks for it.
import type { CallResult, VideoLedger } from "@video-engine/video-sdk/adapters";
import { videoErrorData } from "@video-engine/video-sdk/core";
import type { Doc } from "../_generated/dataModel.ts";
import type { MutationCtx } from "../_generated/server.ts";
import type { Booked } from "./booking.ts";
import { capture, release, reserve } from "./books.ts";
import { now } from "./moment.ts";

/** The generation that the calls are for. */
export type LedgerOwner = Pick<Doc<"generations">, "_id" | "userId" | "key" | "settings">;

/** The component's tables as a ledger for one generation. Without the app's grid there are neither sessions nor rows: `list` shows what there is. */
export function ownLedger(ctx: MutationCtx, { _id, userId, key, settings }: LedgerOwner): VideoLedger {
  const booking = () => ({ userId, key, at: now(), generation: _id });
  return {
    guarantee: "exactly-once",
    acquireSlot: async () => {
      const limit = settings.maxConcurrent;
      const open = await ctx.db
        .query("generations")
        .withIndex("by_user_and_slot", (q) => q.eq("userId", userId).eq("hasSlot", true))
        .take(limit);
      if (open.length >= limit) {
        return failed(videoErrorData("slot-limit-reached", { details: { limit, active: open.length } }));
      }
      await ctx.db.patch("generations", _id, { hasSlot: true });
      return { ok: true, value: _id };
    },
    closeSlot: async () => {
      await ctx.db.patch("generations", _id, { hasSlot: false });
      return DONE;
    },
    reserveCredits: async ({ credits }) => asResult(await reserve(ctx, { ...booking(), amount: credits })),
    captureCredits: async ({ credits }) => asResult(await capture(ctx, { ...booking(), amount: credits })),
    releaseCredits: async () => asResult(await release(ctx, booking())),
    createSession: () => Promise.resolve({ ok: true, value: OWN_SESSION }),
    recordRow: () => Promise.resolve({ ok: true, value: `${NO_ROW}${_id}` }),
    updateRow: () => Promise.resolve(DONE),
  };
}

/** The session of generations that are in no session of the app's. */
const OWN_SESSION = "none";

/** How the row's id begins where there is no row: what clients write to rows, such as posters, they then keep to themselves. */
const NO_ROW = "none:";

const DONE: CallResult<void> = { ok: true, value: undefined };

function asResult(booked: Booked): CallResult<void> {
  return booked.ok ? DONE : failed(booked.error);
}

/** Within a transaction every failure is certain. */
function failed(error: Extract<Booked, { ok: false }>["error"]): CallResult<never> {
  return { ok: false, certainty: "not-done", error };
}
