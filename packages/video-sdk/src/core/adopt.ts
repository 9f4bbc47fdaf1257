// Turns a loading row without a local record into a state. Another device started the generation, or the storage was lost. Pure.
import {
  isVideoModelId,
  resolveVideoRequest,
  type ResolvedVideoRequest,
  type VideoAspectRatio,
  type VideoModelId,
} from "@video-engine/video-models";
import { notAskedYet } from "./next-question.ts";
import type { FoundRow, Guarantee } from "../ports.ts";
import { isStorableAmount, isStorableNumber, isStorableText } from "./shape-tests.ts";
import type { GenerationPlan, Polling } from "./state.ts";

/** The id of a generation that is adopted from a row: the same on every device, so that a row is adopted once. */
function adoptedIdOf(rowId: string): string {
  return `row-${rowId}`;
}

/** A polling state for the row's job; undefined when the row lacks a needed field, or has one that no record can hold. Its credits are not moved: see {@link GenerationPlan.isAdopted}. */
export function adopt(row: FoundRow, guarantee: Guarantee): Polling | undefined {
  const { rowId, sessionId, slotId, requestId, model, prompt, credits, createdAt } = row;
  if (model === undefined || slotId === undefined || credits === undefined) return undefined;
  const isStorable = [rowId, sessionId, slotId, requestId, model].every(isStorableText) && isStorableNumber(createdAt);
  if (!isStorable || !isStorableAmount(credits)) return undefined;
  const plan: GenerationPlan = {
    id: adoptedIdOf(rowId),
    credits,
    sessionId,
    createdAt,
    guarantee,
    isSubmitRepeatable: false,
    isAdopted: true,
    request: requestOf({ model, prompt, aspectRatio: row.aspectRatio }),
  };
  return {
    name: "polling",
    plan,
    isCanceling: false,
    slotId,
    sessionId,
    rowId,
    job: { requestId },
    acceptedAt: createdAt,
    isSlow: false,
    isAttached: true,
    poll: notAskedYet(createdAt),
  };
}

/** What was asked for, as far as the row says it. A model that another device knows from a newer catalogue has no settings here. */
function requestOf(row: Pick<FoundRow, "prompt" | "aspectRatio"> & { readonly model: string }): ResolvedVideoRequest {
  const { model, prompt } = row;
  const mode = "text-to-video";
  if (isVideoModelId(model)) {
    const aspectRatio = row.aspectRatio as VideoAspectRatio; // an unknown ratio is fitted
    return { ...resolveVideoRequest({ model, prompt, aspectRatio }).request, mode };
  }
  const off = { generateAudio: false, cameraFixed: false, fastMode: false, removeWatermark: false };
  return { model: model as VideoModelId, prompt, mode, ...off }; // an id of a later registry
}
