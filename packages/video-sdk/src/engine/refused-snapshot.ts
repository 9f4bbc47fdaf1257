// The snapshot of a generation that was refused before any call. There is nothing to run.
import { isVideoModelId } from "@video-engine/video-models";
import type { GenerationSnapshot } from "../core/snapshot.ts";
import type { VideoErrorData } from "../errors.ts";

/** A failed snapshot with this error. */
export function refusedSnapshot(refusal: {
  id: string;
  createdAt: number;
  request: { readonly model?: unknown; readonly prompt?: unknown };
  error: VideoErrorData;
}): GenerationSnapshot {
  const { id, createdAt, request, error } = refusal;
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
    error,
  } as const;
}
