// Every state of a generation, and what is true in each. Types only: transition.ts holds the transitions.
import type { ResolvedVideoRequest } from "@video-engine/video-models";
import type { Settlement, VideoErrorData } from "../errors.ts";
import type { Guarantee, Job } from "../ports.ts";
import type { CallNumbers } from "./call-numbers.ts";
import type { FileUpload } from "./file-upload.ts";
import type { ModelFacts, SentConstants } from "./model-facts.ts";
import type { PollProgress } from "./poll-progress.ts";
import type { AcquiringCall, SettlementSteps, StepProgress } from "./settlement-steps.ts";

/** Fixed when the generation is created. Only the placeholders of attached files change, once: into URLs after the uploads. */
export interface GenerationPlan {
  readonly id: string;
  readonly request: ResolvedVideoRequest;
  /** What a newer catalogue says of the model. Absent where this release says the same. */
  readonly modelFacts?: ModelFacts | undefined;
  /** The price in whole credits: reserved, then captured or released. */
  readonly credits: number;
  /** The session to record in. Absent: one is created. */
  readonly sessionId?: string | undefined;
  /** The session that is created is its own, whichever one is shown. */
  readonly isSessionOwn?: true | undefined;
  readonly createdAt: number;
  readonly guarantee: Guarantee;
  /** True where the generate route honours its Idempotency-Key, so an unconfirmed submit may be repeated. */
  readonly isSubmitRepeatable: boolean;
  /** The rows can say that their credits came back. */
  readonly showsRefund?: true | undefined;
  /** What its calls send, whatever an update of the app changes. Absent where none is repeated under a key. */
  readonly sent?: SentConstants | undefined;
  /** Adopted from a row without a local record: its credits are neither captured nor released without proof. */
  readonly isAdopted?: true | undefined;
  /** Its credits were refused, and were then requested once more, under a key of its own. */
  readonly isReservedAnew?: true | undefined;
  /** How its calls are numbered, where the backend goes by that. Grows with each step that is asked for. */
  readonly calls?: CallNumbers | undefined;
}

/** What has been acquired so far and must be released or settled. */
export interface Held {
  readonly slotId?: string | undefined;
  readonly sessionId?: string | undefined;
  readonly rowId?: string | undefined;
  /** The provider's job id; where the route named them, its provider and endpoint; and the model as the submit named it, where that is another one. */
  readonly requestId?: string | undefined;
  readonly provider?: string | undefined;
  readonly endpoint?: string | undefined;
  readonly modelId?: string | undefined;
  /** `unknown`: the reserve call was sent and never answered. */
  readonly credits: "none" | "held" | "unknown";
  /** The row is in the place of one that was deleted. */
  readonly isRowAnew?: true | undefined;
  /** A call that was never answered. Under a key it is sent again, so that what it acquired can be released. */
  readonly unconfirmedCall?: UnconfirmedCall | undefined;
  /** A second one: slot and credits were requested at the same time, and neither was answered. */
  readonly alsoUnconfirmed?: UnconfirmedCall | undefined;
}

/** A call that was sent and never answered. */
export interface UnconfirmedCall {
  readonly call: AcquiringCall;
  /** The number of its last attempt. */
  readonly attempt: number;
}

/** What a row shows. */
interface Delivered {
  /** The addresses that the row was first saved with, or will be: the provider's, or the app's copies. */
  readonly videos: readonly string[];
  /** The app's copies, when they came after the row had been saved with the provider's addresses: they take their place. */
  readonly copies?: readonly string[] | undefined;
}

/** Why the generation is being settled. */
export type Verdict =
  | (Delivered & { readonly kind: "deliver" })
  | (Delivered & {
      readonly kind: "deliver-late";
      readonly error: VideoErrorData;
      readonly settlement: Settlement;
    })
  | { readonly kind: "fail"; readonly error: VideoErrorData; readonly watch?: WatchedJob | undefined }
  | { readonly kind: "cancel" };

/** A job that is still polled after its generation has timed out. */
export interface WatchedJob {
  readonly job: Job;
  readonly acceptedAt: number;
  /** The number of the last question. */
  readonly questionsSent: number;
  /** There may be news that no question was asked about yet: it is asked about as soon as one is allowed. */
  readonly isWoken?: true | undefined;
}

interface Open {
  readonly plan: GenerationPlan;
  readonly isCanceling: boolean;
}

interface Attempted {
  /** The number of the last attempt at this state's effect. Never decreases, even across a restart. */
  readonly attempt: number;
  /** Attempts since the app started. */
  readonly tries: number;
  /** True between two attempts, when nothing is in flight. */
  readonly isWaiting: boolean;
  /** An attempt may have had its effect unconfirmed. A certain refusal of a later one does not undo that. */
  readonly isUnsure: boolean;
}

/** Uploading the attached files. Nothing is held yet. */
export interface Uploading {
  readonly name: "uploading";
  readonly plan: GenerationPlan;
  /** By the file ids that their placeholders in the request carry. */
  readonly files: Readonly<Record<string, FileUpload>>;
}

/** The calls that a key allows at the same time. */
export type BothCalls = "acquire-slot" | "reserve-credits";

/** Under a key: requesting a slot and reserving the credits at the same time. */
export interface AcquiringBoth extends Open {
  readonly name: "acquiring-both";
  readonly slotId?: string | undefined;
  /** `stuck`: refused, or given up. */
  readonly steps: Readonly<Record<BothCalls, StepProgress>>;
  /** Why the generation fails. The other call's outcome is waited for, because what it acquires must be released. */
  readonly refusal?: VideoErrorData | undefined;
}

/** Requesting one of the user's concurrency slots. */
export interface AcquiringSlot extends Open, Attempted {
  readonly name: "acquiring-slot";
}

/** Holds a slot; reserving the credits. */
export interface ReservingCredits extends Open, Attempted {
  readonly name: "reserving-credits";
  readonly slotId: string;
}

/** Holds slot and credits; creating a session to record in. */
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

/** The paid submit is in flight, or waits to be sent again after a certain refusal. */
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
  /** Whether the row has the job's id, which allows resuming on another device. */
  readonly isAttached: boolean;
  readonly poll: PollProgress;
}

/** Past the hard limit with fresh answers: the provider was asked to cancel. */
export interface GivingUp extends Omit<Polling, "name"> {
  readonly name: "giving-up";
}

/** Making the books final. */
export interface Settling {
  readonly name: "settling";
  readonly plan: GenerationPlan;
  readonly held: Held;
  readonly verdict: Verdict;
  /** When the verdict was reached. Fixed, because an exactly-once backend accepts a repeat only with the same arguments. */
  readonly decidedAt: number;
  readonly steps: SettlementSteps;
  /** The outcome was announced before, with this settlement: only given-up steps are tried again. */
  readonly announcedSettlement?: Settlement | undefined;
}

/** Failed and settled, but the job may still finish: a late video is saved to its row, uncharged. */
export interface Watching extends WatchedJob {
  readonly name: "watching";
  readonly plan: GenerationPlan;
  readonly decidedAt: number;
  readonly held: Held;
  readonly error: VideoErrorData;
  readonly settlement: Settlement;
  readonly undone?: SettlementSteps | undefined;
  /** Planned questions so far. Those after news are not counted: they must not end the watch earlier. */
  readonly looks: number;
  /** Whatever wakes it, nothing is asked before this time (epoch milliseconds). Absent before the first answer. */
  readonly notBefore?: number | undefined;
  /** The last question is still in flight. */
  readonly isAsking: boolean;
}

interface Final {
  readonly plan: GenerationPlan;
  readonly decidedAt: number;
  readonly held: Held;
  readonly settlement: Settlement;
  /** Steps that were given up. The next start tries them again. */
  readonly undone?: SettlementSteps | undefined;
}

/** The video was delivered. */
export interface Completed extends Final, Delivered {
  readonly name: "completed";
}

/** No video, or only a late and uncharged one. */
export interface Failed extends Final, Delivered {
  readonly name: "failed";
  readonly error: VideoErrorData;
}

/** The user's cancel took effect. */
export interface Canceled extends Final {
  readonly name: "canceled";
}

/** The state of a generation. */
export type GenerationState =
  | Uploading
  | AcquiringBoth
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

/** The states before the provider has a job in which one thing is asked for. */
export type Preparing = AcquiringSlot | ReservingCredits | CreatingSession | Recording | Submitting;

/** The name of a state. */
export type StateName = GenerationState["name"];
