// Whether a generation holds credits that may come back soon. Pure.
import type { GenerationState } from "./state.ts";
import type { StepProgress } from "./settlement-steps.ts";

/** Whether it holds credits, or may, and is about to release them, or may be: its slot is not sure yet. */
export function mayComeBack(state: GenerationState): boolean {
  if (state.name === "acquiring-both") {
    const { "acquire-slot": slot, "reserve-credits": credits } = state.steps;
    return slot.status !== "done" && (isUnderWay(credits) || credits.status === "done");
  }
  if (state.name !== "settling") return false;
  return isUnderWay(state.steps["release-credits"]) || isUnderWay(state.steps["reserve-credits"]);
}

function isUnderWay(progress: StepProgress | undefined): boolean {
  return progress?.status === "running" || progress?.status === "waiting";
}
