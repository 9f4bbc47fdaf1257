// The snapshot of a generation that was refused before any call. There is nothing to run.
import { currentModelOf, isVideoModelId, type VideoRequestIssue } from "@video-engine/video-models";
import type { GenerationSnapshot } from "../core/snapshot.ts";
import { videoErrorData, type VideoErrorCode } from "../errors.ts";

/** A failed snapshot that lists every issue of the request. */
export function refusedSnapshot(refusal: {
  id: string;
  createdAt: number;
  request: { readonly model?: unknown; readonly prompt?: unknown };
  issues: readonly VideoRequestIssue[];
  /** Default: what the request's model says. */
  code?: VideoErrorCode;
}): GenerationSnapshot {
  const { id, createdAt, request, issues, code = codeFor(request?.model) } = refusal;
  const isKnown = isVideoModelId(request?.model);
  return {
    id,
    createdAt,
    phase: "failed",
    status: "failed",
    credits: 0,
    videos: [],
    settlement: "none",
    request: undefined,
    acceptedAt: undefined,
    sessionId: undefined,
    rowId: undefined,
    slotId: undefined,
    requestId: undefined,
    upload: undefined,
    isPaused: false,
    pauseReason: undefined,
    isSlow: false,
    isCanceling: false,
    previewImage: undefined,
    model: isKnown ? request.model : undefined,
    prompt: typeof request?.prompt === "string" ? request.prompt : "",
    error: videoErrorData(code, {
      message: issues.map(({ path, message }) => (path === "" ? message : `${path}: ${message}`)).join(" "),
      details: { issues },
    }),
  } as const;
}

function codeFor(model: unknown): VideoErrorCode {
  if (!isVideoModelId(model)) return "unknown-model";
  return currentModelOf(model) === model ? "invalid-request" : "model-retired";
}
