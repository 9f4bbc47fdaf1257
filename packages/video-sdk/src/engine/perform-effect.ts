// One switch: effect -> port call -> what happened. Decides nothing, retries nothing, never throws.
import { getVideoModel } from "@video-engine/video-models";
import type { Effect } from "../core/effect.ts";
import type { EventPayload } from "../core/event.ts";
import { toVideoError, type VideoErrorData } from "../errors.ts";
import type { SlotQueue } from "./serialize-slots.ts";
import type { CallResult, Certainty, FileUploads, UploadProgress, VideoApi, VideoLedger } from "../ports.ts";

/** An effect that asks the world for something. Waiting is the runner's own. */
export type OutsideEffect = Exclude<Effect, { type: "wait" | "stop-waiting" }>;

/** What an effect may be called off by, and where it says how far it is. */
export interface PerformOptions {
  /** Calls off questions, uploads, and whatever has not been sent. */
  readonly signal: AbortSignal;
  onProgress(payload: EventPayload): void;
}

/** Carries effects out. */
export type PerformEffect = (effect: OutsideEffect, options: PerformOptions) => Promise<EventPayload>;

/** What effects are carried out with. */
export interface EffectPorts {
  readonly api: VideoApi;
  readonly ledger: SlotQueue;
  readonly files: FileUploads;
}

/** The way from effects to these ports. */
export function createPerformEffect(ports: EffectPorts): PerformEffect {
  return async (effect, options) => {
    try {
      return await perform(effect, ports, options);
    } catch (cause) {
      // A port that throws has broken its contract; whether the call had its effect cannot be known.
      return failureOf(effect, { certainty: "unknown", error: toVideoError(cause).toJSON() });
    }
  };
}

/** What is said of an effect that has failed, or was refused. */
export function failureOf(
  effect: OutsideEffect,
  failure: { readonly certainty: Certainty; readonly error: VideoErrorData },
): EventPayload {
  const file = effect.type === "upload-file" ? { fileId: effect.fileId } : {};
  return { type: "effect-failed", effect: effect.type, ...file, ...failure };
}

async function perform(effect: OutsideEffect, ports: EffectPorts, options: PerformOptions): Promise<EventPayload> {
  const { api, ledger } = ports;
  switch (effect.type) {
    case "upload-file":
      return upload(effect, ports.files, options);
    case "acquire-slot":
      return payloadOf(effect, await ledger.acquireSlot(effect, () => options.signal.aborted), (slotId) => ({
        type: "slot-acquired",
        slotId,
      }));
    case "reserve-credits":
      return payloadOf(effect, await ledger.reserveCredits(effect), () => ({ type: "credits-reserved" }));
    case "create-session":
      return payloadOf(effect, await ledger.createSession(effect), (sessionId) => ({
        type: "session-created",
        sessionId,
      }));
    case "record-row":
      return payloadOf(effect, await ledger.recordRow(rowOf(effect)), (rowId) => ({ type: "row-recorded", rowId }));
    case "submit-job":
      return payloadOf(
        effect,
        await api.submit(effect.request, { key: effect.key, signal: options.signal }),
        (result) => (result.kind === "accepted" ? { type: "job-accepted", job: result.job } : verdict(result)),
      );
    case "attach-job": {
      const change = { kind: "attached", requestId: effect.job.requestId } as const;
      return payloadOf(effect, await ledger.updateRow({ rowId: effect.rowId, change }), () => ({
        type: "job-attached",
      }));
    }
    case "check-status":
      return payloadOf(effect, await api.status(effect, { signal: options.signal }), (answer) => {
        if (answer.kind !== "pending") return verdict(answer);
        const { kind: _, ...pending } = answer;
        return { type: "job-pending", ...pending };
      });
    case "cancel-job":
      return payloadOf(effect, await api.cancel(effect), (answer) => ({ type: "cancel-answered", answer }));
    default:
      return payloadOf(effect, await settleStep(effect, ledger), () => ({ type: "step-settled", step: effect.type }));
  }
}

async function upload(
  effect: Extract<Effect, { type: "upload-file" }>,
  files: FileUploads,
  { signal, onProgress }: PerformOptions,
): Promise<EventPayload> {
  const { fileId, stored } = effect;
  const tell = ({ sentBytes, totalBytes }: UploadProgress): void =>
    onProgress({ type: "file-progress", fileId, sentBytes, ...(totalBytes === undefined ? {} : { totalBytes }) });
  const result = await files.upload({ fileId, stored, signal, onProgress: tell });
  return payloadOf(effect, result, (url) => ({ type: "file-uploaded", fileId, url }));
}

type StepEffect = Extract<
  Effect,
  { type: "save-row" | "mark-row-failed" | "capture-credits" | "release-credits" | "close-slot" }
>;

async function settleStep(effect: StepEffect, ledger: VideoLedger): Promise<CallResult<void>> {
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

function payloadOf<T>(
  effect: OutsideEffect,
  result: CallResult<T>,
  toPayload: (value: T) => EventPayload,
): EventPayload {
  if (result.ok) return toPayload(result.value);
  const { certainty, error } = result;
  return failureOf(effect, { certainty, error });
}

function verdict(answer: Extract<Awaited<ReturnType<VideoApi["status"]>>, { ok: true }>["value"]): EventPayload {
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
