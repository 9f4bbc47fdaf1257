// Rows and snapshots for tests: plain ones, in which a test says only what matters to it.
import { resolveVideoRequest } from "@video-engine/video-models";
import type { GenerationSnapshot } from "../../core/snapshot.ts";
import { videoErrorData, type VideoErrorCode } from "../../errors.ts";
import type { SessionRow } from "../../ports.ts";

/** When everything begins here. */
export const START = 1_767_225_600_000;

/** A loading row that nothing is known of but its id. */
export function rowWith(fields: Partial<SessionRow> & { readonly id: string }): SessionRow {
  return {
    sessionId: "session-1",
    prompt: "a corgi surfing",
    model: "vid-veo-3.1",
    modelLabel: "Veo 3.1",
    aspectRatio: "9:16",
    videos: [],
    previewImage: undefined,
    isLoading: true,
    error: undefined,
    slotId: undefined,
    requestId: undefined,
    isRefunded: false,
    credits: 240,
    createdAt: START,
    ...fields,
  };
}

/** A running generation that has nothing yet but its id. */
export function snapshotWith(fields: Partial<GenerationSnapshot> & { readonly id: string }): GenerationSnapshot {
  const { request } = resolveVideoRequest({ model: "vid-veo-3.1", prompt: "a corgi surfing", aspectRatio: "9:16" });
  return {
    phase: "acquiring-slot",
    status: "running",
    model: "vid-veo-3.1",
    prompt: "a corgi surfing",
    request,
    credits: 240,
    createdAt: START,
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
    videos: [],
    previewImage: undefined,
    error: undefined,
    settlement: "none",
    ...fields,
  } as GenerationSnapshot; // the spreads widen the texts
}

/** How a generation has failed. */
export function failedWith(code: VideoErrorCode): Partial<GenerationSnapshot> {
  return { status: "failed", phase: "failed", error: videoErrorData(code) };
}
