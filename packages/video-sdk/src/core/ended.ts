// What can still be done for a generation that has ended with its credits held, or in doubt. Pure.
import type { Settlement } from "../errors.ts";
import type { GenerationEvent } from "./event.ts";
import { settleAs } from "./settling.ts";
import type { Canceled, Completed, Failed } from "./state.ts";
import { stay, type Step } from "./step.ts";

/** A generation that has ended. */
export type Ended = Completed | Failed | Canceled;

/** The one thing that an ended generation hears: whether a hold that was in doubt is there. */
export function whenEnded(state: Ended, event: GenerationEvent): Step {
  if (event.type !== "hold-read" || state.settlement !== "unknown") return stay(state);
  if (!event.isHeld) return [{ ...state, settlement: withoutHold(state) }, []];
  return settleAgain({ ...state, held: { ...state.held, credits: "held" } }, event.at);
}

/** Held: it was given up as certainly not done. Unknown: a keyed backend can be asked what became of it, under the same key. */
export function canSettleAgain({ settlement, held, plan }: Ended): boolean {
  return settlement === "held" || (settlement === "unknown" && held.credits === "held" && plan.guarantee === "keyed");
}

/** Tried from the start: rows and slots may be set again, and money did not move, or is moved under its key. */
export function settleAgain(state: Ended, at: number): Step {
  const { plan, held, decidedAt } = state;
  switch (state.name) {
    case "completed":
      return settleAs({ plan, held, decidedAt, verdict: { kind: "deliver", videos: state.videos } }, at);
    case "failed": {
      const { rowId: _, ...withoutRow } = held;
      // A row that shows a late video is not marked as failed again.
      const heldNow = state.videos.length > 0 ? withoutRow : held;
      return settleAs({ plan, held: heldNow, decidedAt, verdict: { kind: "fail", error: state.error } }, at);
    }
    case "canceled":
      return settleAs({ plan, held, decidedAt, verdict: { kind: "cancel" } }, at);
  }
}

/** No hold is left: then the capture or the release that nobody heard of did happen, or the reserve did not. */
function withoutHold({ name, held }: Ended): Settlement {
  if (held.credits === "unknown") return "none";
  return name === "completed" ? "captured" : "released";
}
