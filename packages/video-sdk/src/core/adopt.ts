// A loading row of the grid that has no record here, as a state to go on from: another device started it, or the storage was lost. Pure.
import { fitSettings, isVideoModelId, type VideoAspectRatio } from "@video-engine/video-models";
import { notAskedYet } from "./next-question.ts";
import type { FoundRow, Guarantee } from "../ports.ts";
import type { GenerationPlan, Polling } from "./state.ts";

/** The id of a generation that is taken over from a row: the same on every device, so that it is taken over once. */
function adoptedIdOf(rowId: string): string {
  return `row-${rowId}`;
}

/** The state in which a row's job is asked about; undefined for a row that does not say enough. Its credits are not touched: see {@link GenerationPlan.isAdopted}. */
export function adopt(row: FoundRow, guarantee: Guarantee): Polling | undefined {
  const { rowId, sessionId, slotId, requestId, model, prompt, credits, createdAt } = row;
  if (!isVideoModelId(model) || slotId === undefined || credits === undefined || credits <= 0) return undefined;
  const settings = fitSettings(model, { aspectRatio: row.aspectRatio as VideoAspectRatio }); // what is no ratio is fitted
  const plan: GenerationPlan = {
    id: adoptedIdOf(rowId),
    credits,
    sessionId,
    createdAt,
    guarantee,
    isSubmitRepeatable: false,
    isAdopted: true,
    request: { model, prompt, mode: "text-to-video", ...settings },
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
