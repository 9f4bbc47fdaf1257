// Which steps settle a generation, in which order, and what they mean for the user's credits. Pure.
import type { Settlement } from "../errors.ts";
import type { SlotResult } from "../ports.ts";
import type { OutsideEffect } from "./effect.ts";
import { acquireSlot, recordRow, reserveCredits } from "./acquiring.ts";
import { operationKey } from "./operation-key.ts";
import type { Held, Settling, SettlementStep, StepProgress, Verdict } from "./state.ts";

/** What is to be settled, before any step has begun. */
type Started = Pick<Settling, "plan" | "verdict" | "held">;

/** The steps that start at once. A delivery saves its video first; nothing is captured before that. */
export function firstSteps({ plan, verdict, held }: Started): readonly SettlementStep[] {
  if (verdict.kind === "deliver" || verdict.kind === "deliver-late") {
    return held.rowId === undefined ? [] : ["save-row"];
  }
  return [
    ...(held.unconfirmedCall === undefined || plan.guarantee !== "exactly-once" ? [] : [held.unconfirmedCall.call]),
    ...(held.rowId === undefined ? [] : (["mark-row-failed"] as const)),
    ...(held.credits === "held" ? (["release-credits"] as const) : []),
    ...(held.slotId === undefined ? [] : (["close-slot"] as const)),
  ];
}

/**
 * The steps that follow when a step is done or given up. What an unconfirmed call turns out to have acquired is released. A row that could
 * not be saved leaves the credits held: capture needs a video that the user can see.
 */
export function nextSteps({ verdict, held, steps }: Settling, ended: SettlementStep): readonly SettlementStep[] {
  if (ended === "acquire-slot") return held.slotId === undefined ? [] : ["close-slot"];
  if (ended === "reserve-credits") return held.credits === "held" ? ["release-credits"] : [];
  if (ended === "record-row") return afterRow(verdict, held);
  if (ended !== "save-row" || verdict.kind !== "deliver") return [];
  const close: readonly SettlementStep[] = held.slotId === undefined ? [] : ["close-slot"];
  return steps[ended]?.status === "done" && held.credits === "held" ? ["capture-credits", ...close] : close;
}

/** A row that only turned up now is marked as failed. One that could not be recorded anew leaves its slot to be closed. */
function afterRow({ kind }: Verdict, { rowId, slotId }: Held): readonly SettlementStep[] {
  if (kind !== "deliver") return rowId === undefined ? [] : ["mark-row-failed"];
  return rowId === undefined && slotId !== undefined ? ["close-slot"] : [];
}

/** Whether the row was deleted, and is recorded anew or was. Once only. */
export function isRowAnew({ verdict, held, steps }: Pick<Settling, "verdict" | "held" | "steps">): boolean {
  return verdict.kind === "deliver" && (held.isRowAnew === true || steps["record-row"] !== undefined);
}

/** The effect that performs a step. */
export function effectOf(settling: Settling, step: SettlementStep, attempt: number): OutsideEffect | undefined {
  const { plan, held, verdict, decidedAt: completedAt } = settling;
  const reason = reasonOf(verdict);
  switch (step) {
    case "acquire-slot":
      return acquireSlot(plan, attempt);
    case "reserve-credits":
      return reserveCredits(plan, attempt);
    case "record-row": {
      const { sessionId, slotId } = held;
      return sessionId === undefined || slotId === undefined
        ? undefined
        : recordRow(plan, { attempt, sessionId, slotId }, isRowAnew(settling) ? "row-anew" : "row");
    }
    case "save-row":
      if (held.rowId === undefined || !("videos" in verdict)) return undefined;
      return {
        type: step,
        attempt,
        rowId: held.rowId,
        sessionId: held.sessionId,
        videos: verdict.videos,
        isLate: verdict.kind === "deliver-late",
        completedAt,
        key: operationKey(plan, saveKey(settling)),
      };
    case "mark-row-failed":
      if (held.rowId === undefined) return undefined;
      return {
        type: step,
        attempt,
        rowId: held.rowId,
        message: reason,
        completedAt,
        key: operationKey(plan, "row-outcome"),
      };
    case "capture-credits":
    case "release-credits":
      return { type: step, attempt, credits: plan.credits, key: operationKey(plan, "settle") };
    case "close-slot":
      if (held.slotId === undefined) return undefined;
      return {
        type: step,
        attempt,
        slotId: held.slotId,
        result: slotResult(verdict, reason),
        key: operationKey(plan, "slot-close"),
      };
  }
}

function saveKey(settling: Settling): "row-outcome" | "row-outcome-anew" | "row-late" {
  if (settling.verdict.kind !== "deliver") return "row-late";
  return isRowAnew(settling) ? "row-outcome-anew" : "row-outcome";
}

/** What happened to the credits, during and after the steps. */
export function settlementOf({ held, verdict, steps }: Pick<Settling, "held" | "verdict" | "steps">): Settlement {
  if (verdict.kind === "deliver-late" && steps["release-credits"] === undefined) return verdict.settlement;
  if (held.credits !== "held") return held.credits === "unknown" ? "unknown" : "none";
  if (verdict.kind === "deliver") return moneyResult(steps["capture-credits"], "captured");
  return moneyResult(steps["release-credits"], "released");
}

function moneyResult(progress: StepProgress | undefined, done: "captured" | "released"): Settlement {
  if (progress?.status === "done") return done;
  return progress?.isUnsure === true ? "unknown" : "held";
}

/** The reason that rows and slots show for a canceled generation. Rows have no status for it, so the grid compares this text. */
export const CANCELED_REASON = "Canceled.";

function reasonOf(verdict: Verdict): string {
  return "error" in verdict ? verdict.error.message : CANCELED_REASON;
}

function slotResult(verdict: Verdict, reason: string): SlotResult {
  const videoUrl = verdict.kind === "deliver" ? verdict.videos[0] : undefined;
  return videoUrl === undefined ? { status: "failed", error: reason } : { status: "completed", videoUrl };
}
