// Every outside thing the engine needs, as types only. The adapters are in the other folders; tests bring their own.
import type { ResolvedVideoRequest, VideoAspectRatio, VideoModelId } from "@video-engine/video-models";
import type { VideoErrorData } from "./errors.ts";

/** Whether a failed call certainly had no effect, or may have had it. */
export type Certainty = "not-done" | "unknown";

/** The result of a call. An adapter must never guess "not-done". */
export type CallResult<T> =
  | { readonly ok: true; readonly value: T }
  | {
      readonly ok: false;
      readonly certainty: Certainty;
      readonly error: VideoErrorData;
      /** The same call, under its key or number, gets this answer for good: the other side has kept it, or will not take the call again. */
      readonly isFinal?: boolean | undefined;
    };

/** A job at the provider, as the route named it. */
export interface Job {
  readonly requestId: string;
  readonly provider?: string | undefined;
  readonly endpoint?: string | undefined;
  /** The model as the submit named it, where that is not the model's own id. */
  readonly modelId?: string | undefined;
}

/** What a provider answered to a cancel. `removed`: the job never runs. `requested`: it may stop, or not. `too-late`: it has ended. */
export type CancelAnswer = "removed" | "requested" | "too-late" | "unsupported";

/** What the provider said of a job, or at once instead of one. */
export type JobAnswer =
  | {
      readonly kind: "pending";
      /** Milliseconds after which the server wants to be asked again. */
      readonly hintMs?: number;
      /** True when the server held the question open and watched the job meanwhile: it may be asked again at once. */
      readonly wasHeld?: boolean;
      /** True when the next question would be held open until there is news: it may come earlier than one that only looks. */
      readonly canHold?: boolean;
    }
  | {
      readonly kind: "finished";
      readonly videos: readonly string[];
      /** True when the server held the question open until the job ended: it has ended just now. */
      readonly wasHeld?: boolean;
    }
  | { readonly kind: "failed"; readonly error: VideoErrorData }
  | JobRefusal;

/** The route refused to tell, with a status that its map calls a verdict. Believed after a second, equal one to a question with a fresh token. */
export interface JobRefusal {
  readonly kind: "refused";
  /** The HTTP status. */
  readonly status: number;
  /** The error in the answer, at most 1,000 characters. */
  readonly text: string;
  /** As in a pending answer. */
  readonly hintMs?: number | undefined;
}

/** The answer to the paid call. */
export type SubmitResult =
  | {
      readonly kind: "accepted";
      readonly job: Job;
      /** As in a pending answer. */
      readonly canHold?: boolean;
    }
  | Extract<JobAnswer, { kind: "finished" | "failed" }>;

/** A job and its model. */
export interface JobQuestion {
  readonly job: Job;
  readonly model: VideoModelId;
}

/** The providers, usually reached through the app's routes. Never throws; sends each call once. */
export interface VideoApi {
  /** True where a submit may be repeated under the same key, because the route answers a known key with the first job. */
  readonly isSubmitRepeatable: boolean;
  /** A submit will follow in some seconds: what it needs, such as a token, may be fetched ahead. Never throws. Left out: nothing is. */
  readonly expectSubmit?: (() => void) | undefined;
  /** The paid call. `credits`: the price that the user was told, for a route that can compare it with its own. Aborting the signal cancels it if it has not been sent yet, and has no effect after that. */
  submit(
    request: ResolvedVideoRequest,
    options: { key: string; credits?: number | undefined; signal?: AbortSignal },
  ): Promise<CallResult<SubmitResult>>;
  /** `needsFreshToken`: no token from a cache is sent, where the adapter can tell. */
  status(
    question: JobQuestion,
    options: { signal: AbortSignal; needsFreshToken?: boolean | undefined },
  ): Promise<CallResult<JobAnswer>>;
  cancel(question: JobQuestion): Promise<CallResult<CancelAnswer>>;
}

/** The loading row of a generation, as the grid will show it. Credits are whole. */
export interface LoadingRow {
  readonly sessionId: string;
  readonly slotId: string;
  readonly request: ResolvedVideoRequest;
  readonly credits: number;
  readonly modelLabel: string;
  /** The frame to show while loading. 16:9 where the model decides by itself. */
  readonly aspectRatio: VideoAspectRatio;
  /** The `sentFields` of the ledger when the generation began: the call is made with these. */
  readonly fields?: readonly string[] | undefined;
}

/** How a slot ended. */
export type SlotResult =
  | { readonly status: "completed"; readonly videoUrl: string }
  | { readonly status: "failed"; readonly error: string };

/** What changes in a row. Times are epoch milliseconds. */
export type RowChange =
  | { readonly kind: "attached"; readonly requestId: string }
  | {
      readonly kind: "finished";
      readonly videos: readonly string[];
      readonly completedAt: number;
      /** The row was marked as failed before: its error is removed. */
      readonly isLate?: boolean | undefined;
    }
  | {
      readonly kind: "failed";
      readonly message: string;
      readonly completedAt: number;
      /** No video can come for it any more, and no other device drives it: a backend may delete it instead. */
      readonly mayDelete?: boolean | undefined;
    }
  /** The credits of a row that has failed were released. `mayDelete`: as of `failed`. */
  | { readonly kind: "refunded"; readonly mayDelete?: boolean | undefined }
  | { readonly kind: "previewed"; readonly previewImage: string };

/**
 * Names a call to a backend that keeps what it returned to each number of a session, as Convex does for the calls over its WebSocket. It compares
 * neither function nor arguments, and keeps nothing of a call that threw.
 */
export interface NumberedCall {
  /** A UUID of the generation. */
  readonly session: string;
  /** Below 2^32. A repeat after silence has the number of the call that it repeats. */
  readonly number: number;
  /** When this step was first asked for, in epoch milliseconds. */
  readonly firstAt: number;
  /** Nothing was sent for this step before. */
  readonly isFirst: boolean;
  /** It was first asked for something else, so it must not be sent: the backend would answer what it returned then. */
  readonly isOther: boolean;
}

/** An exactly-once backend runs this call once per key, and repeats its first answer, a refusal too. Other backends do not see the key. */
export interface CallWithKey {
  readonly key: string;
  /** The number of the call, where the ledger `numbersCalls`. */
  readonly call?: NumberedCall | undefined;
}

/** How strongly the books are protected: exactly once, at most once and reconciled, or at most once. */
export type Guarantee = "exactly-once" | "reconciled" | "at-most-once";

/** The app's books: slots, credits, sessions and rows. Never throws; sends each call once. Credits are whole and positive. */
export interface VideoLedger {
  readonly guarantee: Guarantee;
  /** Whether rows can say that their credits came back. Without it no row is changed to `refunded`. */
  readonly showsRefunds?: boolean | undefined;
  /**
   * Arguments that not every backend takes, and that this ledger sends. They are stored with a generation and come back as `fields`, so that a call is
   * the same when it is repeated under its key after an update of the app. Left out where nothing depends on it.
   */
  readonly sentFields?: readonly string[] | undefined;
  /** It is exactly-once by the numbers of its calls, which the engine stores before each call: it needs a storage. */
  readonly numbersCalls?: boolean | undefined;
  /** The user's reserved credits, of all generations together. Left out where they cannot be read. */
  readReserved?: (() => Promise<CallResult<number>>) | undefined;
  /** The rows that are loading and know their job, of the newest sessions. Left out where they cannot be read. */
  readLoadingRows?: (() => Promise<CallResult<readonly FoundRow[]>>) | undefined;
  /** The rows that are loading and name no job, of the newest sessions. Left out where they cannot be read. */
  readJoblessRows?: (() => Promise<CallResult<readonly JoblessRow[]>>) | undefined;
  acquireSlot(input: CallWithKey & { prompt: string }): Promise<CallResult<string>>;
  closeSlot(
    input: CallWithKey & { slotId: string; result: SlotResult; fields?: readonly string[] | undefined },
  ): Promise<CallResult<void>>;
  reserveCredits(input: CallWithKey & { credits: number }): Promise<CallResult<void>>;
  captureCredits(input: CallWithKey & { credits: number }): Promise<CallResult<void>>;
  releaseCredits(input: CallWithKey & { credits: number }): Promise<CallResult<void>>;
  /** `isOwn`: the caller's own session, for an adapter that puts others into the one that is shown. */
  createSession(input: CallWithKey & { title: string; isOwn?: true | undefined }): Promise<CallResult<string>>;
  recordRow(input: CallWithKey & LoadingRow): Promise<CallResult<string>>;
  /**
   * `not-found` where the row certainly does not exist (any more); a backend that cannot tell may look into the session. Where rows keep no job
   * id, "attached" is done at once.
   */
  updateRow(input: {
    rowId: string;
    change: RowChange;
    key?: string;
    call?: NumberedCall | undefined;
    sessionId?: string | undefined;
  }): Promise<CallResult<void>>;
  /** Closes connections of its own. Settles nothing. */
  close?: (() => void) | undefined;
}

/** One generation as the backend keeps it. Times are epoch milliseconds. */
export interface SessionRow {
  readonly id: string;
  readonly sessionId: string | undefined;
  readonly prompt: string;
  /** As it was written: perhaps a model that this version does not know. */
  readonly model: string | undefined;
  readonly modelLabel: string | undefined;
  readonly aspectRatio: string | undefined;
  readonly videos: readonly string[];
  readonly previewImage: string | undefined;
  readonly isLoading: boolean;
  /** The sentence that was stored when it failed. */
  readonly error: string | undefined;
  readonly slotId: string | undefined;
  /** The provider's id of the job. */
  readonly requestId: string | undefined;
  /** It says that its credits were released. Without it nothing is known: most backends do not take it. */
  readonly isRefunded: boolean;
  /** Whole credits that it was recorded with. */
  readonly credits: number | undefined;
  readonly createdAt: number;
}

type RowFields = Pick<SessionRow, "prompt" | "model" | "aspectRatio" | "slotId" | "credits" | "createdAt">;

/** A loading row that knows its job. Any release of any client may have written it, so nothing in it is trusted. */
export interface FoundRow extends RowFields {
  readonly rowId: string;
  readonly sessionId: string;
  readonly requestId: string;
}

/** A loading row that names no job, so that it can be marked as failed and never continued. */
export interface JoblessRow extends Pick<RowFields, "slotId" | "createdAt"> {
  readonly rowId: string;
  readonly sessionId: string;
  /** It is at least this old by the backend's own clock, in milliseconds. Not positive: that cannot be told. */
  readonly leastAgeMs: number;
}

/** A folder of the grid. The preview is the URL of a picture, times are epoch milliseconds. */
export interface VideoSession {
  readonly id: string;
  readonly title: string;
  readonly preview: string | undefined;
  readonly createdAt: number;
  readonly updatedAt: number;
}

/** A query that can be read once, and followed where the connection allows it. */
export interface LiveQuery<T> {
  /** Never rejects. */
  read(): Promise<CallResult<T>>;
  /** Calls back with the answer, and with each later one. Returns an unsubscribe function. Never throws. Left out where it can only be read. */
  follow?(listener: (answer: CallResult<T>) => void): () => void;
}

/** Where the user's sessions come from. */
export interface SessionReader {
  /** The sessions of type "video", newest first. */
  readonly sessions: LiveQuery<readonly VideoSession[]>;
  /** The rows of one session, in any order. */
  rows(sessionId: string): LiveQuery<readonly SessionRow[]>;
  /** Makes a session, or reuses an empty one unless `forceNew`. Returns its id. Never rejects. */
  create(options: CreateSessionOptions): Promise<CallResult<string>>;
  /** Gives a session another title. Left out where the backend cannot, as the others. Never rejects. */
  rename?: ((sessionId: string, title: string) => Promise<CallResult<void>>) | undefined;
  /** Removes a session with its rows. Never rejects. */
  remove?: ((sessionId: string) => Promise<CallResult<void>>) | undefined;
  /** Removes a row. Never rejects. */
  removeRow?: ((rowId: string) => Promise<CallResult<void>>) | undefined;
}

/** How a session is made. */
export interface CreateSessionOptions {
  /** Default `New session`. */
  readonly title?: string | undefined;
  /** Makes a new one even where an empty one could be reused, by an argument that the shipped clients do not send. Default false. */
  readonly forceNew?: boolean | undefined;
}

/** Returns the https URL of a picture of a video's first frame. Never throws; aborting it counts as no answer. */
export type FindFirstFrame = (videoUrl: string, signal: AbortSignal) => Promise<CallResult<string>>;

/** Saves the videos of a job elsewhere, and returns an https address for each, or the given one. Never throws. `not-found`: they are gone. */
export type VideoSaver = (
  input: { readonly videos: readonly string[]; readonly job: Job | undefined; readonly model: VideoModelId },
  signal: AbortSignal,
) => Promise<CallResult<readonly string[]>>;
