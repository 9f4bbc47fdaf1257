// The snapshot of a generation that was refused before any call. There is nothing to run.
import type { GenerationSnapshot } from "../core/snapshot.ts";
import type { VideoErrorData } from "../errors.ts";
import { BUILT_IN_MODELS, type EngineModels } from "./plan-request.ts";

/** A failed snapshot with this error. */
export function refusedSnapshot(refusal: {
  id: string;
  createdAt: number;
  request: { readonly model?: unknown; readonly prompt?: unknown };
  registry?: EngineModels | undefined;
  error: VideoErrorData;
}): GenerationSnapshot {
  const { id, createdAt, request, registry = BUILT_IN_MODELS, error } = refusal;
  const model = request?.model;
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
    model: registry.isVideoModelId(model) ? model : undefined,
    prompt: typeof request?.prompt === "string" ? request.prompt : "",
    error,
  } as const;
}
