// Every state a generation can be in, and what is true in each. Types only: how one becomes the next is transition.ts.
import type { ResolvedVideoRequest } from "@video-engine/video-models";
import type { Settlement, VideoErrorData } from "../errors.ts";
import type { Guarantee, Job, StoredFile } from "../ports.ts";

/** Fixed when the generation is created. Only the places of attached files change, once: into their URLs when all are uploaded. */
export interface GenerationPlan {
  readonly id: string;
  readonly request: ResolvedVideoRequest;
  /** Whole credits that are reserved, then captured or released. */
  readonly credits: number;
  /** The session to record in. Absent: one is created. */
  readonly sessionId?: string | undefined;
  readonly createdAt: number;
  readonly guarantee: Guarantee;
  /** True where the generate route honours its Idempotency-Key, so a submit whose answer was lost may be repeated. */
  readonly isSubmitRepeatable: boolean;
  /** Taken over from a row of the grid that has no record here: its credits are neither captured nor released without proof. */
  readonly isAdopted?: true | undefined;
}

/** A file of a generation on its way to the app's storage. */
export interface FileUpload {
  /** `queued`: not begun. `waiting`: between two attempts. */
  readonly status: "queued" | "sending" | "waiting" | "done";
  /** The number of the last attempt. Never falls, also not after a restart. */
  readonly attempt: number;
  /** Attempts since the app was started. */
  readonly tries: number;
  readonly sentBytes: number;
  readonly totalBytes?: number | undefined;
  /** Where it can be read again after the app was closed. Absent for bytes that live in memory only. */
  readonly stored?: StoredFile | undefined;
  /** Its lasting URL, once it is there. */
  readonly url?: string | undefined;
}

/** What has been acquired so far and has to be given back or settled. */
export interface Held {
  readonly slotId?: string | undefined;
  readonly sessionId?: string | undefined;
  readonly rowId?: string | undefined;
  /** The provider's id of the job. */
  readonly requestId?: string | undefined;
  /** `unknown`: the reserve call was sent and never answered. */
  readonly credits: "none" | "held" | "unknown";
  /** What was asked for and never answered. Under a key it is asked for again, so that what it brought can be given back. */
  readonly unconfirmedCall?: UnconfirmedCall | undefined;
}

/** A call that was sent and never answered. */
export interface UnconfirmedCall {
  readonly call: AcquiringCall;
  /** The number of its last attempt. */
  readonly attempt: number;
}

/** A call that brings something which has to be given back. A session has not: an empty one is used again. */
export type AcquiringCall = "acquire-slot" | "reserve-credits" | "record-row";

/** Why the books are being made final. */
export type Verdict =
  | { readonly kind: "deliver"; readonly videos: readonly string[] }
  | {
      readonly kind: "deliver-late";
      readonly videos: readonly string[];
      readonly error: VideoErrorData;
      readonly settlement: Settlement;
    }
  | { readonly kind: "fail"; readonly error: VideoErrorData; readonly watch?: WatchedJob | undefined }
  | { readonly kind: "cancel" };

/** A job that is still looked at after its generation has failed by timeout. */
export interface WatchedJob {
  readonly job: Job;
  readonly acceptedAt: number;
  /** The number of the last question about it. */
  readonly questionsSent: number;
}

/** One thing to do while settling. Each stands alone: a failing one never stops another. */
export type SettlementStep =
  | AcquiringCall
  | ("save-row" | "mark-row-failed" | "capture-credits" | "release-credits" | "close-slot");

/** How far a settlement step is. `stuck`: given up. */
export interface StepProgress {
  readonly status: "running" | "waiting" | "done" | "stuck";
  /** The number of the last attempt. Never falls, also not after a restart. */
  readonly attempt: number;
  /** Attempts since the app was started, or since the step was taken up again. */
  readonly tries: number;
  /** An attempt may have had its effect unseen. A certain refusal of a later one does not undo that. */
  readonly isUnsure: boolean;
}

/** How the questions about a job have gone. */
export interface PollProgress {
  /** Answers so far. */
  readonly answers: number;
  /** Questions in a row that brought no answer. */
  readonly misses: number;
  /** The number of the last question. Never falls, also not after a restart. */
  readonly questionsSent: number;
  /** The last question is still out. */
  readonly isAsking: boolean;
  /** Answers in a row that the job is not known, and since when. */
  readonly lost: { readonly count: number; readonly since: number } | undefined;
  /** Fresh non-final answers past the hard limit, and when the last one counted. */
  readonly overdue: { readonly count: number; readonly at: number } | undefined;
  /** Giving up was answered with "it has ended". Believed once; a job that is pending all the same is given up the second time. */
  readonly isSaidToHaveEnded: boolean;
  /** The number of the last cancel. Never falls, also not after a restart. */
  readonly cancelsSent: number;
  /** Times that the user's cancel was sent since the app was started. A lost one is sent again with the next question. */
  readonly cancelTries: number;
  readonly isCancelAnswered: boolean;
  /** The number of the last note of the job's id to the row. */
  readonly attachesSent: number;
  /** The last question was refused for want of a signed-in user. */
  readonly isSignedOut: boolean;
  /** Before this a return to the app is no reason to ask. */
  readonly notBefore: number;
  /** The job's age in milliseconds, and up to when it is counted: step by step, so that a clock that is set back takes nothing away. */
  readonly activeMs: number;
  readonly countedAt: number;
}

interface Open {
  readonly plan: GenerationPlan;
  readonly isCanceling: boolean;
}

interface Attempted {
  /** The number of the last attempt at this state's effect. Never falls, also not after a restart. */
  readonly attempt: number;
  /** Attempts since the app was started. */
  readonly tries: number;
  /** True between two attempts, when nothing is in flight. */
  readonly isWaiting: boolean;
  /** An attempt may have had its effect unseen. A certain refusal of a later one does not undo that. */
  readonly isUnsure: boolean;
}

/** Sending the attached files. Nothing is held yet. */
export interface Uploading {
  readonly name: "uploading";
  readonly plan: GenerationPlan;
  /** By the ids that stand in for their URLs in the request. */
  readonly files: Readonly<Record<string, FileUpload>>;
}

/** Asking the server for one of the user's concurrency slots. */
export interface AcquiringSlot extends Open, Attempted {
  readonly name: "acquiring-slot";
}

/** Holding a slot, asking for the credits. */
export interface ReservingCredits extends Open, Attempted {
  readonly name: "reserving-credits";
  readonly slotId: string;
}

/** Holding slot and credits, asking for a session to record in. */
export interface CreatingSession extends Open, Attempted {
  readonly name: "creating-session";
  readonly slotId: string;
}

/** Writing the loading row that the grid shows. */
export interface Recording extends Open, Attempted {
  readonly name: "recording";
  readonly slotId: string;
  readonly sessionId: string;
}

/** The paid call is out, or waits to be sent again after a certain refusal. */
export interface Submitting extends Open, Attempted {
  readonly name: "submitting";
  readonly slotId: string;
  readonly sessionId: string;
  readonly rowId: string;
}

/** The provider has the job. */
export interface Polling extends Open {
  readonly name: "polling";
  readonly slotId: string;
  readonly sessionId: string;
  readonly rowId: string;
  readonly job: Job;
  readonly acceptedAt: number;
  readonly isSlow: boolean;
  /** Whether the row knows the job's id, which makes it resumable elsewhere. */
  readonly isAttached: boolean;
  readonly poll: PollProgress;
}

/** Past the hard limit with fresh answers: the provider has been asked to cancel. */
export interface GivingUp extends Omit<Polling, "name"> {
  readonly name: "giving-up";
}

/** Making the books final. */
export interface Settling {
  readonly name: "settling";
  readonly plan: GenerationPlan;
  readonly held: Held;
  readonly verdict: Verdict;
  /** When the verdict fell. Fixed, because an exactly-once backend takes a repeat only with the same arguments. */
  readonly decidedAt: number;
  readonly steps: SettlementSteps;
  /** The outcome was given before, with this settlement: only what had been given up is tried again. */
  readonly announcedSettlement?: Settlement | undefined;
}

/** How far each step is. */
export type SettlementSteps = Partial<Record<SettlementStep, StepProgress>>;

/** Failed and settled, but the job may still finish: a late video is saved to its row, uncharged. */
export interface Watching extends WatchedJob {
  readonly name: "watching";
  readonly plan: GenerationPlan;
  readonly decidedAt: number;
  readonly held: Held;
  readonly error: VideoErrorData;
  readonly settlement: Settlement;
  readonly undone?: SettlementSteps | undefined;
  /** Looks so far. */
  readonly looks: number;
  /** The last question is still out. */
  readonly isAsking: boolean;
}

interface Final {
  readonly plan: GenerationPlan;
  readonly decidedAt: number;
  readonly held: Held;
  readonly settlement: Settlement;
  /** Steps that were given up. They are tried again at the next start. */
  readonly undone?: SettlementSteps | undefined;
}

/** The video is there. */
export interface Completed extends Final {
  readonly name: "completed";
  readonly videos: readonly string[];
}

/** There is no video, or only a late and uncharged one. */
export interface Failed extends Final {
  readonly name: "failed";
  readonly error: VideoErrorData;
  readonly videos: readonly string[];
}

/** The user's cancel won. */
export interface Canceled extends Final {
  readonly name: "canceled";
}

/** Where a generation is. */
export type GenerationState =
  | Uploading
  | AcquiringSlot
  | ReservingCredits
  | CreatingSession
  | Recording
  | Submitting
  | Polling
  | GivingUp
  | Settling
  | Watching
  | Completed
  | Failed
  | Canceled;

/** The states before the provider has a job. */
export type Preparing = AcquiringSlot | ReservingCredits | CreatingSession | Recording | Submitting;

/** The name of a state. */
export type StateName = GenerationState["name"];
