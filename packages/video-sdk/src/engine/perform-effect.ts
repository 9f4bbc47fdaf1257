// One switch: effect -> port call -> event. Decides nothing, retries nothing, never throws.
import type { OutsideEffect } from "../core/effect.ts";
import type { EventPayload } from "../core/event.ts";
import { factsOf } from "../core/model-facts.ts";
import { storable } from "../core/storable-answer.ts";
import { videoErrorData, type VideoErrorData } from "../errors.ts";
import type { FileUploads, UploadProgress } from "../file-ports.ts";
import type { CallResult, Certainty, JobAnswer, LoadingRow, VideoApi, VideoLedger, VideoSaver } from "../ports.ts";
import { thrownErrorData } from "../thrown-error.ts";
import type { AcquisitionQueue } from "./queue-acquisitions.ts";

/** How an effect can be aborted, and where it reports progress. */
export interface PerformOptions {
  /** Aborts questions and uploads, and holds back anything not sent yet. */
  readonly signal: AbortSignal;
  onProgress(payload: EventPayload): void;
}

/** Performs one effect. Resolves with the event that answers it. */
export type PerformEffect = (effect: OutsideEffect, options: PerformOptions) => Promise<EventPayload>;

/** The ports that effects call. */
export interface EffectPorts {
  readonly api: VideoApi;
  readonly ledger: AcquisitionQueue;
  readonly files: FileUploads;
  /** Left out: the app does not save videos elsewhere. */
  readonly saveVideos?: VideoSaver | undefined;
}

/** Performs effects over these ports. */
export function createPerformEffect(ports: EffectPorts): PerformEffect {
  return (effect, options) => {
    try {
      return perform(effect, ports, options);
    } catch (cause) {
      return Promise.resolve(brokenBy(effect, cause));
    }
  };
}

/** The event for an effect that failed, or that was not sent. */
export function failureOf(
  effect: OutsideEffect,
  {
    certainty,
    error,
    isFinal,
  }: { readonly certainty: Certainty; readonly error: VideoErrorData; readonly isFinal?: boolean | undefined },
): EventPayload {
  const { type, attempt, call } = effect;
  const fileId = type === "upload-file" ? effect.fileId : undefined;
  return { type: "effect-failed", effect: type, attempt, fileId, certainty, error, isFinal, number: call?.number };
}

function perform(effect: OutsideEffect, ports: EffectPorts, options: PerformOptions): Promise<EventPayload> {
  switch (effect.type) {
    case "upload-file":
      return upload(effect, ports.files, options);
    case "acquire-slot":
    case "reserve-credits":
    case "create-session":
    case "record-row":
      return acquire(effect, ports, options);
    case "submit-job":
    case "check-status":
    case "cancel-job":
      return askProvider(effect, ports.api, options);
    case "attach-job":
      return attach(effect, ports.ledger);
    case "save-videos":
      return save(effect, ports, options);
    default:
      return settle(effect, ports.ledger);
  }
}

function attach(effect: Extract<OutsideEffect, { type: "attach-job" }>, ledger: VideoLedger): Promise<EventPayload> {
  const { attempt, rowId, job, call } = effect;
  const change = { kind: "attached", requestId: job.requestId } as const;
  return answer(effect, ledger.updateRow({ rowId, change, call }), () => ({ type: "job-attached", attempt }));
}

function save(
  effect: Extract<OutsideEffect, { type: "save-videos" }>,
  { saveVideos }: EffectPorts,
  { signal }: PerformOptions,
): Promise<EventPayload> {
  const { attempt, job, model, videos } = effect;
  const result = saveVideos?.({ videos, job, model }, signal) ?? Promise.resolve(NO_SAVER);
  return answer(effect, result, (copies) => ({ type: "videos-saved", attempt, videos: copies }));
}

/** A record may come from a version of the app that saved videos. */
const NO_SAVER: CallResult<never> = { ok: false, certainty: "not-done", error: videoErrorData("not-configured") };

type AcquiringEffect = Extract<
  OutsideEffect,
  { type: "acquire-slot" | "reserve-credits" | "create-session" | "record-row" }
>;

function acquire(
  effect: AcquiringEffect,
  { ledger, api }: EffectPorts,
  options: PerformOptions,
): Promise<EventPayload> {
  const { key, attempt, call } = effect;
  switch (effect.type) {
    case "acquire-slot": {
      const { signal } = options;
      const result = ledger.acquireSlot({ key, call, prompt: effect.prompt }, () => signal.aborted);
      return answer(effect, result, (slotId) => ({ type: "slot-acquired", attempt, slotId }));
    }
    case "reserve-credits": {
      const { signal } = options;
      api.expectSubmit?.();
      const result = ledger.reserveCredits({ key, call, credits: effect.credits }, () => signal.aborted);
      return answer(effect, result, () => ({ type: "credits-reserved", attempt }));
    }
    case "create-session": {
      const result = ledger.createSession({ key, call, title: effect.title, isOwn: effect.isOwn });
      return answer(effect, result, (sessionId) => ({ type: "session-created", attempt, sessionId }));
    }
    case "record-row": {
      const result = ledger.recordRow({ key, call, ...rowOf(effect) });
      return answer(effect, result, (rowId) => ({ type: "row-recorded", attempt, rowId }));
    }
  }
}

type ProviderEffect = Extract<OutsideEffect, { type: "submit-job" | "check-status" | "cancel-job" }>;

function askProvider(effect: ProviderEffect, api: VideoApi, options: PerformOptions): Promise<EventPayload> {
  const { attempt } = effect;
  switch (effect.type) {
    case "submit-job":
      return answer(
        effect,
        api.submit(effect.request, { key: effect.key, credits: effect.credits, signal: options.signal }),
        (result) =>
          result.kind === "accepted"
            ? { type: "job-accepted", attempt, job: result.job, canHold: result.canHold }
            : verdictOf(result, { effect: effect.type, attempt }),
      );
    case "check-status": {
      const { job, model, needsFreshToken } = effect;
      const { signal } = options;
      return answer(effect, api.status({ job, model }, { signal, needsFreshToken }), (result) => {
        switch (result.kind) {
          case "pending": {
            const { hintMs, wasHeld, canHold } = result;
            return { type: "job-pending", attempt, hintMs, wasHeld, canHold };
          }
          case "refused":
            return { type: "job-refused", attempt, status: result.status, text: result.text, hintMs: result.hintMs };
          default:
            return verdictOf(result, { effect: effect.type, attempt });
        }
      });
    }
    case "cancel-job":
      return answer(effect, api.cancel({ job: effect.job, model: effect.model }), (said) => ({
        type: "cancel-answered",
        attempt,
        answer: said,
      }));
  }
}

function upload(
  effect: Extract<OutsideEffect, { type: "upload-file" }>,
  files: FileUploads,
  options: PerformOptions,
): Promise<EventPayload> {
  const { attempt, fileId, stored } = effect;
  const { signal } = options;
  const report = ({ sentBytes, totalBytes }: UploadProgress): void =>
    options.onProgress(storable({ type: "file-progress", attempt, fileId, sentBytes, totalBytes }));
  const result = files.upload({ fileId, stored, signal, onProgress: report });
  return answer(effect, result, (url) => ({ type: "file-uploaded", attempt, fileId, url }));
}

type StepEffect = Extract<
  OutsideEffect,
  {
    type:
      | "save-row"
      | "update-row"
      | "mark-row-failed"
      | "mark-refunded"
      | "capture-credits"
      | "release-credits"
      | "close-slot";
  }
>;

function settle(effect: StepEffect, ledger: VideoLedger): Promise<EventPayload> {
  const { type: step, attempt } = effect;
  return answer(effect, settleStep(effect, ledger), () => ({ type: "step-settled", attempt, step }));
}

function settleStep(effect: StepEffect, ledger: VideoLedger): Promise<CallResult<void>> {
  const { key, call } = effect;
  switch (effect.type) {
    case "save-row":
    case "update-row": {
      const { rowId, sessionId, videos, completedAt, isLate } = effect;
      return ledger.updateRow({
        key,
        call,
        rowId,
        sessionId,
        change: { kind: "finished", videos, completedAt, isLate },
      });
    }
    case "mark-row-failed": {
      const { rowId, sessionId, message, completedAt, mayDelete } = effect;
      return ledger.updateRow({
        key,
        call,
        rowId,
        sessionId,
        change: { kind: "failed", message, completedAt, mayDelete },
      });
    }
    case "mark-refunded": {
      const { rowId, sessionId, mayDelete } = effect;
      return ledger.updateRow({ key, call, rowId, sessionId, change: { kind: "refunded", mayDelete } });
    }
    case "capture-credits":
      return ledger.captureCredits({ key, call, credits: effect.credits });
    case "release-credits":
      return ledger.releaseCredits({ key, call, credits: effect.credits });
    case "close-slot":
      return ledger.closeSlot({ key, call, slotId: effect.slotId, result: effect.result, fields: effect.sent?.fields });
  }
}

/** The event for what a port answers. One promise: a generation makes a dozen calls, and an `async` function a layer would double their price. */
function answer<T>(
  effect: OutsideEffect,
  called: Promise<CallResult<T>>,
  toPayload: (value: T) => EventPayload,
): Promise<EventPayload> {
  const broken = (cause: unknown): EventPayload => brokenBy(effect, cause);
  // A port is the app's own code: what it gives may be no promise at all.
  return Promise.resolve(called).then((result) => {
    try {
      return storable(result.ok ? toPayload(result.value) : failureOf(effect, result));
    } catch (cause) {
      return broken(cause);
    }
  }, broken);
}

/** A port that throws has broken its contract, so the outcome of the call is unknown. */
function brokenBy(effect: OutsideEffect, cause: unknown): EventPayload {
  return storable(failureOf(effect, { certainty: "unknown", error: thrownErrorData(cause) }));
}

function verdictOf(
  result: Exclude<JobAnswer, { kind: "pending" | "refused" }>,
  answered: { readonly effect: "submit-job" | "check-status"; readonly attempt: number },
): EventPayload {
  return result.kind === "finished"
    ? { type: "job-finished", ...answered, videos: result.videos, wasHeld: result.wasHeld }
    : { type: "job-failed", ...answered, error: result.error };
}

function rowOf(effect: Extract<OutsideEffect, { type: "record-row" }>): LoadingRow {
  const { sessionId, slotId, request, modelFacts, sent, credits } = effect;
  const { label: modelLabel } = sent ?? factsOf({ model: request.model, modelFacts });
  const aspectRatio = request.aspectRatio ?? "16:9";
  return { sessionId, slotId, request, credits, modelLabel, aspectRatio, fields: sent?.fields };
}
