// Everything a generation can ask of the outside world, as plain data. Types only: perform-effect.ts carries effects out.
import type { ResolvedVideoRequest } from "@video-engine/video-models";
import type { StoredFile } from "../file-ports.ts";
import type { Job, NumberedCall, SlotResult } from "../ports.ts";
import type { ModelFacts, SentConstants } from "./model-facts.ts";
import type { SettlementStep } from "./settlement-steps.ts";

/** A numbered attempt. The event that answers it carries the same number. */
interface Attempt {
  /** From 1, counted per effect, and per file for uploads. 0: the answer is ignored. */
  readonly attempt: number;
  /** Its number, where the backend keeps what it returned to each. */
  readonly call?: NumberedCall | undefined;
}

/** A call that must not happen twice. An exactly-once backend runs it once per key. */
interface KeyedAttempt extends Attempt {
  readonly key: string;
}

/** What a row is to show. */
interface ShownVideos extends KeyedAttempt {
  readonly rowId: string;
  readonly sessionId: string | undefined;
  readonly videos: readonly string[];
  /** The row was marked as failed earlier. */
  readonly isLate: boolean;
  readonly completedAt: number;
}

/** A call to a port. It carries every id and amount that the call needs. */
export type OutsideEffect =
  | (Attempt & { readonly type: "upload-file"; readonly fileId: string; readonly stored?: StoredFile | undefined })
  | (KeyedAttempt & { readonly type: "acquire-slot"; readonly prompt: string })
  | (KeyedAttempt & { readonly type: "reserve-credits"; readonly credits: number })
  | (KeyedAttempt & { readonly type: "create-session"; readonly title: string; readonly isOwn?: true | undefined })
  | (KeyedAttempt & {
      readonly type: "record-row";
      readonly sessionId: string;
      readonly slotId: string;
      readonly request: ResolvedVideoRequest;
      readonly modelFacts?: ModelFacts | undefined;
      readonly sent?: SentConstants | undefined;
      readonly credits: number;
    })
  | (KeyedAttempt & {
      readonly type: "submit-job";
      readonly request: ResolvedVideoRequest;
      readonly credits: number;
    })
  | (Attempt & { readonly type: "attach-job"; readonly rowId: string; readonly job: Job })
  | (Attempt & {
      readonly type: "check-status";
      readonly job: Job;
      readonly model: ResolvedVideoRequest["model"];
      readonly needsFreshToken?: boolean | undefined;
    })
  | (Attempt & { readonly type: "cancel-job"; readonly job: Job; readonly model: ResolvedVideoRequest["model"] })
  | (Attempt & {
      readonly type: "save-videos";
      /** Undefined where the route answered with the video at once. */
      readonly job: Job | undefined;
      readonly model: ResolvedVideoRequest["model"];
      readonly videos: readonly string[];
    })
  | (ShownVideos & { readonly type: "save-row" })
  /** The row shows the provider's addresses, and is to show the app's copies. */
  | (ShownVideos & { readonly type: "update-row" })
  | (KeyedAttempt & {
      readonly type: "mark-row-failed";
      readonly rowId: string;
      readonly sessionId: string | undefined;
      /** No video can come any more, and the row is this device's: it may be deleted instead. */
      readonly mayDelete: boolean;
      readonly message: string;
      readonly completedAt: number;
    })
  | (KeyedAttempt & {
      readonly type: "mark-refunded";
      readonly rowId: string;
      readonly sessionId: string | undefined;
      /** As of `mark-row-failed`: a row that was deleted shows nothing. */
      readonly mayDelete: boolean;
    })
  | (KeyedAttempt & { readonly type: "capture-credits"; readonly credits: number })
  | (KeyedAttempt & { readonly type: "release-credits"; readonly credits: number })
  | (KeyedAttempt & {
      readonly type: "close-slot";
      readonly slotId: string;
      readonly result: SlotResult;
      readonly sent?: SentConstants | undefined;
    });

/** What a wait is for: the next question about the job, another attempt of the state's own effect, or of a settlement step. */
export type WaitKey = "poll" | "retry" | SettlementStep;

/** What to do next: a call to a port, or a wait. `until`: epoch milliseconds. */
export type Effect =
  | OutsideEffect
  | { readonly type: "wait"; readonly key: WaitKey; readonly until: number }
  | { readonly type: "stop-waiting" };

/** The name of an effect. */
export type EffectType = Effect["type"];
