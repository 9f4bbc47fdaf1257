// Which steps settle a generation, in which order, and what they mean for the user's credits. Pure.
import type { Settlement } from "../errors.ts";
import type { Job, SlotResult } from "../ports.ts";
import type { OutsideEffect } from "./effect.ts";
import { acquireSlot, recordRow, reserveCredits, unconfirmedIn } from "./acquiring.ts";
import { operationKey } from "./operation-key.ts";
import type { Held, Settling, Verdict } from "./state.ts";
import type { SettlementStep, StepProgress } from "./settlement-steps.ts";

/** What is to be settled, before any step has begun. */
type Started = Pick<Settling, "plan" | "verdict" | "held">;

/**
 * The steps that start at once. A delivery saves its video first, where the app wants that elsewhere before the row; nothing is captured before
 * the row is saved.
 */
export function firstSteps({ plan, verdict, held }: Started, savesVideos = false): readonly SettlementStep[] {
  if (verdict.kind === "deliver" || verdict.kind === "deliver-late") {
    if (held.rowId === undefined) return [];
    return savesVideos ? ["save-videos"] : ["save-row"];
  }
  return [
    ...(plan.guarantee === "exactly-once" ? unconfirmedIn(held).map(({ call }) => call) : []),
    ...(held.rowId === undefined ? [] : (["mark-row-failed"] as const)),
    ...(held.credits === "held" ? (["release-credits"] as const) : []),
    ...(held.slotId === undefined ? [] : (["close-slot"] as const)),
  ];
}

/**
 * The steps that follow when a step is done or given up. What an unconfirmed call turns out to have acquired is released. A row that could
 * not be saved leaves the credits held: capture needs a video that the user can see.
 */
export function nextSteps({ plan, verdict, held, steps }: Settling, ended: SettlementStep): readonly SettlementStep[] {
  if (ended === "save-videos") return steps["save-row"] === undefined ? ["save-row"] : afterCopies(verdict, steps);
  if (ended === "acquire-slot") return held.slotId === undefined ? [] : ["close-slot"];
  if (ended === "reserve-credits") return held.credits === "held" ? ["release-credits"] : [];
  if (ended === "release-credits") return refundMark({ plan, held, steps });
  if (ended === "record-row") return [...afterRow(verdict, held), ...refundMark({ plan, held, steps })];
  if (ended !== "save-row") return [];
  const update = afterCopies(verdict, steps);
  if (verdict.kind !== "deliver") return update;
  const close: readonly SettlementStep[] = held.slotId === undefined ? [] : ["close-slot"];
  const isPaid = steps[ended]?.status === "done" && held.credits === "held";
  return [...(isPaid ? (["capture-credits"] as const) : []), ...close, ...update];
}

/** A row that was saved with the provider's addresses is updated with the copies. */
function afterCopies(verdict: Verdict, steps: Settling["steps"]): readonly SettlementStep[] {
  const isLater = "copies" in verdict && verdict.copies !== undefined;
  return isLater && steps["save-row"]?.status === "done" ? ["update-row"] : [];
}

/** A row that only turned up now is marked as failed. One that could not be recorded anew leaves its slot to be closed. */
function afterRow({ kind }: Verdict, { rowId, slotId }: Held): readonly SettlementStep[] {
  if (kind !== "deliver") return rowId === undefined ? [] : ["mark-row-failed"];
  return rowId === undefined && slotId !== undefined ? ["close-slot"] : [];
}

/** A row says that its credits came back when that is certain, and never before. */
function refundMark({ plan, held, steps }: Pick<Settling, "plan" | "held" | "steps">): readonly SettlementStep[] {
  const isReleased = steps["release-credits"]?.status === "done" && held.credits === "held";
  return isReleased && plan.showsRefund === true && held.rowId !== undefined ? ["mark-refunded"] : [];
}

/** Whether the row was deleted, and is recorded anew or was. Once only. */
export function isRowAnew({ verdict, held, steps }: Pick<Settling, "verdict" | "held" | "steps">): boolean {
  return verdict.kind === "deliver" && (held.isRowAnew === true || steps["record-row"] !== undefined);
}

/** The effect that performs a step. */
export function effectOf(settling: Settling, step: SettlementStep, attempt: number): OutsideEffect | undefined {
  const { plan, held, verdict } = settling;
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
    case "save-videos":
      if (!("videos" in verdict)) return undefined;
      return { type: step, attempt, job: jobOf(held), model: plan.request.model, videos: verdict.videos };
    case "save-row":
    case "update-row":
      return showVideos(settling, step, attempt);
    case "mark-row-failed":
      return held.rowId === undefined ? undefined : markRow(settling, held.rowId, attempt);
    case "mark-refunded": {
      const { rowId, sessionId } = held;
      const key = operationKey(plan, "row-refunded");
      return rowId === undefined
        ? undefined
        : { type: step, attempt, rowId, sessionId, mayDelete: mayDeleteRow(settling), key };
    }
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
        sent: plan.sent,
        key: operationKey(plan, "slot-close"),
      };
  }
}

function showVideos(settling: Settling, type: "save-row" | "update-row", attempt: number): OutsideEffect | undefined {
  const { plan, held, verdict } = settling;
  const completedAt = endOf(settling);
  const { rowId, sessionId } = held;
  const isCopied = type === "update-row";
  const videos = "videos" in verdict ? (isCopied ? verdict.copies : verdict.videos) : undefined;
  if (rowId === undefined || videos === undefined) return undefined;
  const key = operationKey(plan, isCopied ? "row-copied" : saveKey(settling));
  return { type, attempt, rowId, sessionId, videos, isLate: verdict.kind === "deliver-late", completedAt, key };
}

function jobOf({ requestId, provider, endpoint, modelId }: Held): Job | undefined {
  return requestId === undefined ? undefined : { requestId, provider, endpoint, modelId };
}

/** A device's clock may have been set back meanwhile: a row never ends before it began. */
function endOf({ plan, decidedAt }: Pick<Settling, "plan" | "decidedAt">): number {
  return Math.max(decidedAt, plan.createdAt);
}

function markRow(settling: Settling, rowId: string, attempt: number): OutsideEffect {
  const { plan, held, verdict } = settling;
  const mayDelete = mayDeleteRow({ plan, verdict });
  return {
    type: "mark-row-failed",
    attempt,
    rowId,
    sessionId: held.sessionId,
    mayDelete,
    message: reasonOf(verdict),
    completedAt: endOf(settling),
    key: operationKey(plan, mayDelete ? "row-outcome" : "row-mark"),
  };
}

/** A job that is watched may still bring its video, a late one is there already, and of an adopted row another device may know more. */
function mayDeleteRow({ verdict, plan }: Pick<Settling, "verdict" | "plan">): boolean {
  const isOver = verdict.kind === "cancel" || (verdict.kind === "fail" && verdict.watch === undefined);
  return isOver && plan.isAdopted !== true;
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
