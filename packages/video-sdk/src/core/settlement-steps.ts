// The steps that make the books final, and how far each is.
import type { VideoErrorCode } from "../errors.ts";

/** A call that acquires something which must be released. A session is not among them: an empty one is reused. */
export type AcquiringCall = "acquire-slot" | "reserve-credits" | "record-row";

/** One settlement step. Steps are independent: a failing one never stops another. */
export type SettlementStep =
  | AcquiringCall
  | ("save-videos" | "update-row" | "mark-refunded")
  | ("save-row" | "mark-row-failed" | "capture-credits" | "release-credits" | "close-slot");

/** The progress of a settlement step. `stuck`: given up. */
export interface StepProgress {
  readonly status: "running" | "waiting" | "done" | "stuck";
  /** The number of the last attempt. Never decreases, even across a restart. */
  readonly attempt: number;
  /** Attempts since the app started, or since the step was resumed. */
  readonly tries: number;
  /** An attempt may have had its effect unconfirmed. A certain refusal of a later one does not undo that. */
  readonly isUnsure: boolean;
  /** The last attempts, where they were certainly refused in the same way. Absent after any other end of one. */
  readonly refusals?: { readonly code: VideoErrorCode; readonly count: number } | undefined;
}

/** The progress of each step. */
export type SettlementSteps = Partial<Record<SettlementStep, StepProgress>>;
