// The snapshot of a generation that was refused before any call. There is nothing to run.
import { isVideoModelId, type VideoRequestIssue } from "@video-engine/video-models";
import type { GenerationSnapshot } from "../core/snapshot.ts";
import { videoErrorData, type VideoErrorCode } from "../errors.ts";

/** A failed snapshot that lists every issue of the request. */
export function refusedSnapshot(refusal: {
  id: string;
  createdAt: number;
  request: { readonly model?: unknown; readonly prompt?: unknown };
  issues: readonly VideoRequestIssue[];
  /** Default: what is wrong with an attached file, or with the model. */
  code?: VideoErrorCode | undefined;
}): GenerationSnapshot {
  const { id, createdAt, request, issues, code: given } = refusal;
  const isKnown = isVideoModelId(request?.model);
  const code = isKnown ? (given ?? "invalid-request") : "unknown-model";
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
