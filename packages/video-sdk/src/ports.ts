// Every outside thing the engine needs, as interfaces and nothing else. Adapters live in http/, convex/ and platform/; tests bring their own.
import type { ResolvedVideoRequest, VideoAspectRatio, VideoModelId } from "@video-engine/video-models";
import type { VideoErrorData } from "./errors.ts";

/** Whether a call that failed may have had its effect all the same. */
export type Certainty = "not-done" | "unknown";

/** What a call came to. A failure says whether the call may have had its effect all the same: an adapter must never guess "not-done". */
export type CallResult<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly certainty: Certainty; readonly error: VideoErrorData };

/** A job at the provider, as the route named it. */
export interface Job {
  readonly requestId: string;
  readonly provider?: string | undefined;
  readonly endpoint?: string | undefined;
}

/** What a provider made of a cancel. `removed`: it never runs. `requested`: it may stop, or not. `too-late`: it has ended. */
export type CancelAnswer = "removed" | "requested" | "too-late" | "unsupported";

/** What the provider said of a job, or at once instead of one. */
export type JobAnswer =
  | {
      readonly kind: "pending";
      /** Milliseconds after which the other side wants to be asked again. */
      readonly hintMs?: number;
      /** True when the other side has held the question and watched the job meanwhile: it may be asked again at once. */
      readonly wasHeld?: boolean;
    }
  | { readonly kind: "finished"; readonly videos: readonly string[] }
  | { readonly kind: "failed"; readonly error: VideoErrorData };

/** What the paid call came to. */
export type SubmitResult =
  | { readonly kind: "accepted"; readonly job: Job }
  | Extract<JobAnswer, { kind: "finished" | "failed" }>;

/** Which job of which model. */
export interface JobQuestion {
  readonly job: Job;
  readonly model: VideoModelId;
}

/** The way to the providers, usually through the app's routes. Never throws; sends each call once. */
export interface VideoApi {
  /** True where a submit may be repeated under the same key, because the route answers a known key with the first job. */
  readonly isSubmitRepeatable: boolean;
  /** The paid call. Aborting the signal calls it off as long as nothing has been sent, and does nothing after that. */
  submit(
    request: ResolvedVideoRequest,
    options: { key: string; signal?: AbortSignal },
  ): Promise<CallResult<SubmitResult>>;
  status(question: JobQuestion, options: { signal: AbortSignal }): Promise<CallResult<JobAnswer>>;
  cancel(question: JobQuestion): Promise<CallResult<CancelAnswer>>;
}

/** The loading row of a generation, as the grid will show it. */
export interface LoadingRow {
  readonly sessionId: string;
  readonly slotId: string;
  readonly request: ResolvedVideoRequest;
  /** Whole credits. */
  readonly credits: number;
  readonly modelLabel: string;
  /** The frame to show while loading. 16:9 where the model decides by itself. */
  readonly aspectRatio: VideoAspectRatio;
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
      /** The row was marked as failed before: its error goes. */
      readonly isLate?: boolean;
    }
  | { readonly kind: "failed"; readonly message: string; readonly completedAt: number }
  | { readonly kind: "previewed"; readonly previewImage: string };

/**
 * A call that an exactly-once backend runs once per key; other backends do not see it. Its first answer under a key is its answer, and
 * `insufficient-credits` and `slot-limit-reached` are answers: a repeat gets them again, even when there are credits by then.
 */
export interface CallWithKey {
  readonly key: string;
}

/** What a loading row says of its generation. Written by some release of some client, so nothing in it is trusted. */
export interface FoundRow {
  readonly rowId: string;
  readonly sessionId: string;
  readonly slotId: string | undefined;
  /** The provider's id of the job. */
  readonly requestId: string;
  readonly model: string | undefined;
  readonly prompt: string;
  readonly aspectRatio: string | undefined;
  /** Whole credits. */
  readonly credits: number | undefined;
  /** Epoch milliseconds. */
  readonly createdAt: number;
}

/** How strongly the books are protected: exactly once, at most once and reconciled, or at most once. */
export type Guarantee = "exactly-once" | "reconciled" | "at-most-once";

/** The app's books: slots, credits, sessions and rows. Never throws; sends each call once. Credits are whole and positive. */
export interface VideoLedger {
  readonly guarantee: Guarantee;
  /** The user's reserved credits, of all generations together. Left out where they cannot be read. */
  readReserved?: (() => Promise<CallResult<number>>) | undefined;
  /** The rows that are loading and know their job, of the newest sessions. Left out where they cannot be read. */
  readLoadingRows?(): Promise<CallResult<readonly FoundRow[]>>;
  acquireSlot(input: CallWithKey & { prompt: string }): Promise<CallResult<string>>;
  closeSlot(input: CallWithKey & { slotId: string; result: SlotResult }): Promise<CallResult<void>>;
  reserveCredits(input: CallWithKey & { credits: number }): Promise<CallResult<void>>;
  captureCredits(input: CallWithKey & { credits: number }): Promise<CallResult<void>>;
  releaseCredits(input: CallWithKey & { credits: number }): Promise<CallResult<void>>;
  createSession(input: CallWithKey & { title: string }): Promise<CallResult<string>>;
  recordRow(input: CallWithKey & LoadingRow): Promise<CallResult<string>>;
  updateRow(input: { rowId: string; change: RowChange; key?: string }): Promise<CallResult<void>>;
}

/** Time. */
export interface Clock {
  /** Epoch milliseconds. */
  now(): number;
  /** Runs once after a delay in milliseconds. Gives back what `clearTimeout` takes. */
  setTimeout(run: () => void, delayMs: number): unknown;
  clearTimeout(timer: unknown): void;
}

/**
 * Somewhere to keep texts: the trio that localStorage, AsyncStorage and expo-sqlite share. Synchronous or not.
 * `keys` is for stores that can list theirs; without it the engine keeps a list of its own. `compareAndSet` is for stores that can put a
 * text in the place of an expected one (null: none) in one step, and say whether they did: then locks can be leases in it.
 */
export interface KeyValueStorage {
  getItem(key: string): string | null | undefined | PromiseLike<string | null | undefined>;
  setItem(key: string, value: string): unknown;
  removeItem(key: string): unknown;
  keys?: (() => Iterable<string> | PromiseLike<Iterable<string>>) | undefined;
  compareAndSet?(key: string, expected: string | null, next: string): boolean | PromiseLike<boolean>;
}

/** One driver per generation, among everything that shares a storage. */
export interface GenerationLocks {
  /**
   * Gives back the way to let go; undefined when another has it. Never waits for the other. `onLost` is called when the lock has ended
   * without being let go, which only locks can that have to be renewed.
   */
  tryLock(id: string, onLost?: () => void): Promise<(() => void) | undefined>;
  /**
   * Calls back once when another's lock has ended, by letting go or by dying. Gives back the way to stop waiting. Left out where that
   * cannot be known: then the next `resume()` finds out.
   */
  whenFree?(id: string, listener: () => void): () => void;
}

/** Why nothing is asked for now: the device is offline, or the app is in the background. */
export type PauseReason = "offline" | "background";

/** What the surroundings say of network questions. */
export interface Lifecycle {
  /** `offline` holds back every repeat, `background` only questions about jobs. Undefined when nothing stands in the way. */
  getPause(): PauseReason | undefined;
  /** Called without arguments after each change. Gives back the way to stop. */
  subscribe(listener: () => void): () => void;
}

/** Word among the tabs that share a storage. Nothing depends on its arriving. */
export interface TabChannel {
  /** Says that a generation has been recorded here. Never throws. */
  post(id: string): void;
  /** Called with the id after each word from another tab, never for one's own. Gives back the way to stop. */
  subscribe(listener: (id: string) => void): () => void;
}

/** How far an upload has come, in bytes. The total is undefined where the runtime does not say. */
export interface UploadProgress {
  readonly sentBytes: number;
  readonly totalBytes: number | undefined;
}

/** A file on the device that can still be read after the app was closed. Plain data, stored in the journal. */
export interface StoredFile {
  readonly uri: string;
  /** MIME type, such as `image/png`. */
  readonly contentType: string;
  /** Bytes. */
  readonly byteLength?: number;
}

/** The files that were attached, by the ids that were given to them. Never throws; sends each file once per call. */
export interface FileUploads {
  /**
   * Sends one file and gives back its lasting https URL; joins an upload that is under way. `stored` is for a file that was attached
   * before the app was closed. A file that cannot be read any more is `not-done` with `upload-failed`, not retryable.
   */
  upload(input: {
    readonly fileId: string;
    readonly stored: StoredFile | undefined;
    readonly signal: AbortSignal;
    onProgress(progress: UploadProgress): void;
  }): Promise<CallResult<string>>;
}

/** What differs between the places the engine runs in. */
export interface VideoPlatform {
  readonly clock: Clock;
  /** 0 <= random() < 1. Spreads requests out; never used for secrets. */
  random(): number;
  /** A new id that nobody else makes: it becomes the generation's id and its Idempotency-Key. */
  createId(): string;
}

/** A file that was attached: what it is, and its bytes or where they are. */
export interface LocalFile {
  /** MIME type, such as `image/png`. */
  readonly contentType: string;
  /** Bytes; undefined where the picker did not say. */
  readonly byteLength: number | undefined;
  readonly fileName: string | undefined;
  /** Pixels, where the picker said. */
  readonly width?: number;
  readonly height?: number;
  /** The bytes, or the place on the device that an uploader streams them from. */
  readonly source: Blob | { readonly uri: string };
}

/** Sends the bytes of one file by PUT, with its content type. Rejects, or gives any status, when they may not have arrived. */
export type PutFile = (input: {
  readonly uploadUrl: string;
  readonly file: LocalFile;
  readonly signal: AbortSignal;
  onProgress(progress: UploadProgress): void;
}) => Promise<{ readonly status: number }>;
