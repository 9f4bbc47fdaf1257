// One switch: effect -> port call -> what happened. Decides nothing, retries nothing, never throws.
import { getVideoModel } from "@video-engine/video-models";
import type { Effect } from "../core/effect.ts";
import type { Happening } from "../core/event.ts";
import { toVideoError } from "../errors.ts";
import type { Attempt, VideoApi, VideoLedger } from "../ports.ts";

/** An effect that asks the world for something. Waiting is the runner's own. */
export type OutsideEffect = Exclude<Effect, { type: "wait" | "stop-waiting" }>;

/** Carries effects out. */
export type PerformEffect = (effect: OutsideEffect, signal: AbortSignal) => Promise<Happening>;

/** The way from effects to these ports. */
export function createPerformEffect(ports: { api: VideoApi; ledger: VideoLedger }): PerformEffect {
  return async (effect, signal) => {
    try {
      return await perform(effect, ports, signal);
    } catch (cause) {
      // A port that throws has broken its contract; whether the call had its effect cannot be known.
      return { type: "effect-failed", effect: effect.type, certainty: "unknown", error: toVideoError(cause).toJSON() };
    }
  };
}

async function perform(
  effect: OutsideEffect,
  { api, ledger }: { api: VideoApi; ledger: VideoLedger },
  signal: AbortSignal,
): Promise<Happening> {
  switch (effect.type) {
    case "acquire-slot":
      return told(effect, await ledger.acquireSlot(effect), (slotId) => ({ type: "slot-acquired", slotId }));
    case "reserve-credits":
      return told(effect, await ledger.reserveCredits(effect), () => ({ type: "credits-reserved" }));
    case "create-session":
      return told(effect, await ledger.createSession(effect), (sessionId) => ({ type: "session-created", sessionId }));
    case "record-row":
      return told(effect, await ledger.recordRow(rowOf(effect)), (rowId) => ({ type: "row-recorded", rowId }));
    case "submit-job":
      return told(effect, await api.submit(effect.request, effect), (result) =>
        result.kind === "accepted" ? { type: "job-accepted", job: result.job } : verdict(result),
      );
    case "attach-job": {
      const change = { kind: "attached", requestId: effect.job.requestId } as const;
      return told(effect, await ledger.updateRow({ rowId: effect.rowId, change }), () => ({ type: "job-attached" }));
    }
    case "check-status":
      return told(effect, await api.status(effect, { signal }), (answer) => {
        if (answer.kind !== "pending") return verdict(answer);
        const { kind: _, ...pending } = answer;
        return { type: "job-pending", ...pending };
      });
    case "cancel-job":
      return told(effect, await api.cancel(effect), (answer) => ({ type: "cancel-answered", answer }));
    default:
      return told(effect, await settleStep(effect, ledger), () => ({ type: "step-settled", step: effect.type }));
  }
}

type StepEffect = Extract<
  Effect,
  { type: "save-row" | "mark-row-failed" | "capture-credits" | "release-credits" | "close-slot" }
>;

async function settleStep(effect: StepEffect, ledger: VideoLedger): Promise<Attempt<void>> {
  switch (effect.type) {
    case "save-row":
      return ledger.updateRow({ ...effect, change: { ...effect, kind: "finished" } });
    case "mark-row-failed":
      return ledger.updateRow({ ...effect, change: { ...effect, kind: "failed" } });
    case "capture-credits":
      return ledger.captureCredits(effect);
    case "release-credits":
      return ledger.releaseCredits(effect);
    case "close-slot":
      return ledger.closeSlot(effect);
  }
}

function told<T>(effect: OutsideEffect, attempt: Attempt<T>, toHappening: (value: T) => Happening): Happening {
  if (attempt.isDone) return toHappening(attempt.value);
  const { certainty, error } = attempt;
  return { type: "effect-failed", effect: effect.type, certainty, error };
}

function verdict(answer: Extract<Awaited<ReturnType<VideoApi["status"]>>, { isDone: true }>["value"]): Happening {
  switch (answer.kind) {
    case "finished":
      return { type: "job-finished", videos: answer.videos };
    case "failed":
      return { type: "job-failed", error: answer.error };
    case "pending":
      return { type: "job-pending" };
  }
}

function rowOf(effect: Extract<Effect, { type: "record-row" }>): Parameters<VideoLedger["recordRow"]>[0] {
  const { request } = effect;
  return { ...effect, modelLabel: getVideoModel(request.model).label, aspectRatio: request.aspectRatio ?? "16:9" };
}
