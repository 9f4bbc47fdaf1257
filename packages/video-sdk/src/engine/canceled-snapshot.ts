// The snapshot of a generation that was canceled before any call, made by the machine itself.
import { snapshotOf, type GenerationSnapshot } from "../core/snapshot.ts";
import { endBeforeStart } from "../core/settling.ts";
import type { GenerationPlan } from "../core/state.ts";

/** The snapshot of a plan whose signal was already aborted. */
export function canceledSnapshot(plan: GenerationPlan): GenerationSnapshot {
  return snapshotOf(endBeforeStart(plan, { kind: "cancel" }, plan.createdAt)[0]);
}
