// Everything that can happen to a generation. Types only. Each event brings the time and the chance with it, so that the core has neither.
import type { VideoErrorData } from "../errors.ts";
import type { Effect } from "./effect.ts";
import type { CancelAnswer, Certainty, Job } from "../ports.ts";
import type { AcquiringCall, SettlementStep } from "./state.ts";

/** What happened, without when. */
export type EventPayload =
  | {
      readonly type: "file-progress";
      readonly fileId: string;
      readonly sentBytes: number;
      readonly totalBytes?: number;
    }
  | { readonly type: "file-uploaded"; readonly fileId: string; readonly url: string }
  | { readonly type: "slot-acquired"; readonly slotId: string }
  | { readonly type: "credits-reserved" }
  | { readonly type: "session-created"; readonly sessionId: string }
  | { readonly type: "row-recorded"; readonly rowId: string }
  | { readonly type: "job-accepted"; readonly job: Job }
  | { readonly type: "job-attached" }
  | { readonly type: "job-pending"; readonly hintMs?: number; readonly wasHeld?: boolean }
  | { readonly type: "job-finished"; readonly videos: readonly string[] }
  | { readonly type: "job-failed"; readonly error: VideoErrorData }
  | { readonly type: "cancel-requested" }
  | { readonly type: "cancel-answered"; readonly answer: CancelAnswer }
  | { readonly type: "hold-read"; readonly isHeld: boolean }
  | { readonly type: "wait-elapsed"; readonly key: WaitKey }
  | { readonly type: "woken" }
  | { readonly type: "step-settled"; readonly step: Exclude<SettlementStep, AcquiringCall> }
  | {
      readonly type: "effect-failed";
      readonly effect: Exclude<Effect["type"], "wait" | "stop-waiting">;
      /** Which file, where it was an upload. */
      readonly fileId?: string;
      readonly certainty: Certainty;
      readonly error: VideoErrorData;
    };

/** Which wait is meant: the next question about the job, another attempt of a state's own effect, or of a settlement step. */
export type WaitKey = "poll" | "retry" | SettlementStep;

/** What happened, when (epoch milliseconds), and a number drawn for it (0 <= random < 1). */
export type GenerationEvent = EventPayload & { readonly at: number; readonly random: number };

/** The name of an event. */
export type EventType = EventPayload["type"];
