// The snapshot of a generation that was canceled before any call, made by the machine itself.
import { snapshotOf, type GenerationSnapshot } from "../core/snapshot.ts";
import type { GenerationPlan } from "../core/state.ts";
import type { Rules } from "../core/transition-result.ts";
import { initial, transition } from "../core/transition.ts";
import { videoErrorData } from "../errors.ts";

/** The snapshot of a plan whose signal was already aborted: as if its first call had been refused after a cancel. */
export function canceledSnapshot(plan: GenerationPlan, rules: Rules): GenerationSnapshot {
  const moment = { at: plan.createdAt, random: 0 };
  const error = videoErrorData("canceled");
  const [waiting] = initial(plan);
  const [asked] = transition(waiting, { type: "cancel-requested", ...moment }, rules);
  const refused = { type: "effect-failed", effect: "acquire-slot", attempt: 1, certainty: "not-done", error } as const;
  return snapshotOf(transition(asked, { ...refused, ...moment }, rules)[0]);
}
