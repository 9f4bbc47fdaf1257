// Everything that can happen to a generation. Types only. Each event carries its time and a random number, so the core needs neither.
import type { VideoErrorData } from "../errors.ts";
import type { CancelAnswer, Certainty, Job } from "../ports.ts";
import type { OutsideEffect, WaitKey } from "./effect.ts";
import type { AcquiringCall, SettlementStep } from "./settlement-steps.ts";

/** Names the attempt that an event answers. Attempts are counted per effect: per file for uploads, per step for settlement. */
interface Answer {
  /** The `attempt` of the effect it answers. */
  readonly attempt: number;
}

/** What happened, without the time. */
export type EventPayload =
  | (Answer & {
      readonly type: "file-progress";
      readonly fileId: string;
      readonly sentBytes: number;
      readonly totalBytes?: number | undefined;
    })
  | (Answer & { readonly type: "file-uploaded"; readonly fileId: string; readonly url: string })
  | (Answer & { readonly type: "slot-acquired"; readonly slotId: string })
  | (Answer & { readonly type: "credits-reserved" })
  | (Answer & { readonly type: "session-created"; readonly sessionId: string })
  | (Answer & { readonly type: "row-recorded"; readonly rowId: string })
  | (Answer & { readonly type: "job-accepted"; readonly job: Job; readonly canHold?: boolean | undefined })
  | (Answer & { readonly type: "job-attached" })
  | (Answer & {
      readonly type: "job-pending";
      readonly hintMs?: number | undefined;
      readonly wasHeld?: boolean | undefined;
      readonly canHold?: boolean | undefined;
    })
  | (Answer & {
      readonly type: "job-refused";
      readonly status: number;
      readonly text: string;
      readonly hintMs?: number | undefined;
    })
  | (Answer & {
      readonly type: "job-finished";
      readonly effect: JobEffect;
      readonly videos: readonly string[];
      readonly wasHeld?: boolean | undefined;
    })
  | (Answer & { readonly type: "job-failed"; readonly effect: JobEffect; readonly error: VideoErrorData })
  | { readonly type: "cancel-requested" }
  | (Answer & { readonly type: "cancel-answered"; readonly answer: CancelAnswer })
  | { readonly type: "hold-read"; readonly isHeld: boolean }
  | { readonly type: "wait-elapsed"; readonly key: WaitKey }
  /** There may be news of the job: the app is back, or a webhook came. */
  | { readonly type: "woken" }
  | (Answer & { readonly type: "step-settled"; readonly step: Exclude<SettlementStep, AcquiringCall | "save-videos"> })
  | (Answer & { readonly type: "videos-saved"; readonly videos: readonly string[] })
  | (Answer & {
      readonly type: "effect-failed";
      readonly effect: OutsideEffect["type"];
      /** The file, when the effect is an upload. */
      readonly fileId?: string | undefined;
      readonly certainty: Certainty;
      readonly error: VideoErrorData;
      /** Credits were refused while others of this engine came back: there may be enough now. */
      readonly isWorthAskingAnew?: boolean | undefined;
      /** As of the result of a call. */
      readonly isFinal?: boolean | undefined;
      /** The number of the call, where it had one. */
      readonly number?: number | undefined;
    });

/** The effects whose answer can be a verdict on the job: the paid submit, or a question about the job. */
export type JobEffect = "submit-job" | "check-status";

/** What happened, its time (epoch milliseconds), and a random number (0 <= random < 1). */
export type GenerationEvent = EventPayload & { readonly at: number; readonly random: number };

/** The name of an event. */
export type EventType = EventPayload["type"];
