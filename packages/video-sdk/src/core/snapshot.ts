// What a UI sees of a generation: a flat, immutable snapshot of its state. Imports no engine.
import type { ResolvedVideoRequest, VideoModelId } from "@video-engine/video-models";
import type { Settlement, VideoErrorData } from "../errors.ts";
import type { PauseReason } from "../platform-ports.ts";
import { isUnconfirmed } from "./acquiring.ts";
import type { ModelFacts } from "./model-facts.ts";
import { shownVideos } from "./saving-videos.ts";
import { settlementOf } from "./settlement.ts";
import type { GenerationState, Settling, Uploading, Verdict } from "./state.ts";

/** Where a generation is, in UI terms. */
export type GenerationPhase =
  | "uploading"
  | "acquiring-slot"
  | "reserving-credits"
  | "creating-session"
  | "recording"
  | "submitting"
  | "polling"
  | "saving"
  | "settling"
  | "completed"
  | "failed"
  | "canceled";

/** One generation as a UI shows it. Times are epoch milliseconds, credits are whole. */
export interface GenerationSnapshot {
  readonly id: string;
  readonly phase: GenerationPhase;
  readonly status: "running" | "completed" | "failed" | "canceled";
  readonly model: VideoModelId | undefined;
  /** What a newer catalogue says of the model. Undefined where this release says the same: `getVideoModel`. */
  readonly modelFacts?: ModelFacts | undefined;
  readonly prompt: string;
  /** The request, with every setting resolved. Undefined when it was refused as invalid. */
  readonly request: ResolvedVideoRequest | undefined;
  /** The price. 0 when the request was refused as invalid. */
  readonly credits: number;
  readonly createdAt: number;
  /** When the provider accepted the job. */
  readonly acceptedAt: number | undefined;
  readonly sessionId: string | undefined;
  readonly rowId: string | undefined;
  readonly slotId: string | undefined;
  /** The provider's job id. */
  readonly requestId: string | undefined;
  /** Upload progress of the attached files; undefined before and after. */
  readonly upload: UploadSnapshot | undefined;
  /**
   * It runs, but nothing moves now: the device is offline, the app is in the background, no user is signed in, or the app's backend (or the
   * device's storage) has not answered for 15 seconds. It goes on by itself.
   */
  readonly isPaused: boolean;
  readonly pauseReason: PauseReason | "not-signed-in" | "backend-unreachable" | undefined;
  /** The soft limit has passed: it takes longer than usual, and continues. */
  readonly isSlow: boolean;
  readonly isCanceling: boolean;
  /** URLs as the route returned them, lasting or temporary. */
  readonly videos: readonly string[];
  /** The first frame of the video as an image, where the app's routes provide one. It follows shortly after the video. */
  readonly previewImage: string | undefined;
  readonly error: VideoErrorData | undefined;
  /** Whether the user was charged. */
  readonly settlement: Settlement;
  /**
   * Set where it has ended and its slot may still count against the user's limit. `held`: closing it was given up; the next `resume()` tries it
   * again. `unknown`: a request for a slot was never answered, so its id is not known here; only the backend can free it, such as by its age.
   */
  readonly openSlot?: "held" | "unknown" | undefined;
}

/** Upload progress of a generation's attached files. */
export interface UploadSnapshot {
  readonly sentBytes: number;
  /** Undefined while the size of a file is not known. */
  readonly totalBytes: number | undefined;
  readonly files: number;
  readonly filesDone: number;
}

/** What a state does not say by itself. */
export interface Circumstances {
  readonly pause?: PauseReason | undefined;
  /** The backend or the storage has not answered for too long. */
  readonly isStalled?: boolean | undefined;
  /** A capture or a release was sent, and is not answered yet. */
  readonly isMoneyOut?: boolean | undefined;
}

/** What a snapshot says of a job and of the credits. */
export function factsOf(
  state: GenerationState,
  circumstances: Circumstances = {},
): Pick<GenerationSnapshot, "phase" | "settlement" | "requestId"> {
  const held = "held" in state ? state.held : state;
  return {
    phase: phaseOf(state),
    requestId: "job" in state ? state.job.requestId : "requestId" in held ? held.requestId : undefined,
    settlement: settlementIn(state, circumstances),
  };
}

/** The snapshot of a state. */
export function snapshotOf(state: GenerationState, circumstances: Circumstances = {}): GenerationSnapshot {
  const { plan } = state;
  const pauseReason = pauseReasonOf(state, circumstances);
  const held = "held" in state ? state.held : state;
  const { phase, requestId, settlement } = factsOf(state, circumstances);
  return {
    id: plan.id,
    phase,
    status: statusIn(phase),
    model: plan.request.model,
    modelFacts: plan.modelFacts,
    prompt: plan.request.prompt,
    request: plan.request,
    credits: plan.credits,
    createdAt: plan.createdAt,
    acceptedAt: "acceptedAt" in state ? state.acceptedAt : undefined,
    sessionId: ("sessionId" in held ? held.sessionId : undefined) ?? plan.sessionId,
    rowId: "rowId" in held ? held.rowId : undefined,
    slotId: "slotId" in held ? held.slotId : undefined,
    requestId,
    upload: state.name === "uploading" ? uploadOf(state) : undefined,
    isPaused: pauseReason !== undefined,
    pauseReason,
    isSlow: "isSlow" in state && state.isSlow,
    isCanceling: isCanceling(state),
    videos: videosOf(state),
    previewImage: undefined,
    error: errorOf(state),
    settlement,
    openSlot: openSlotOf(state),
  };
}

/** Whether its slot may still count against the user's limit after its end. */
export function openSlotOf(state: GenerationState): GenerationSnapshot["openSlot"] {
  if (!("held" in state) || state.name === "settling") return undefined;
  const { held, undone } = state;
  if (undone?.["close-slot"] !== undefined) return "held";
  const isLost = held.slotId === undefined && isUnconfirmed(held, "acquire-slot");
  return isLost ? "unknown" : undefined;
}

/** The snapshot of a state whose outcome is known but could not be stored yet: still settling, held up by the storage. */
export function unstoredSnapshotOf(state: GenerationState): GenerationSnapshot {
  const ended = snapshotOf(state);
  return { ...ended, status: "running", phase: "settling", isPaused: true, pauseReason: "backend-unreachable" };
}

/** Whether the outcome is known. A watched generation has failed; its job may still deliver a late video. */
export function isDecided(state: GenerationState): boolean {
  return statusIn(phaseOf(state)) !== "running";
}

/** Whether a generation has ended with its credits held, or in doubt. */
export function isUnresolved({ status, settlement }: GenerationSnapshot): boolean {
  return status !== "running" && (settlement === "held" || settlement === "unknown");
}

/** In the background only questions about jobs are held back; offline everything is. */
function pauseReasonOf(
  state: GenerationState,
  { pause, isStalled = false }: Circumstances,
): GenerationSnapshot["pauseReason"] {
  if (isDecided(state)) return undefined;
  if (isStalled && (pause !== "offline" || state.name === "settling")) return "backend-unreachable";
  const hasJob = state.name === "polling" || state.name === "giving-up";
  if (pause === "offline" || (pause === "background" && hasJob)) return pause;
  return state.name === "polling" && state.poll.isSignedOut ? "not-signed-in" : undefined;
}

function uploadOf({ files }: Uploading): UploadSnapshot {
  const all = Object.values(files);
  const totals = all.flatMap(({ totalBytes }) => totalBytes ?? []);
  return {
    sentBytes: all.reduce((sum, { sentBytes }) => sum + sentBytes, 0),
    totalBytes: totals.length === all.length ? totals.reduce((sum, bytes) => sum + bytes, 0) : undefined,
    files: all.length,
    filesDone: all.filter(({ status }) => status === "done").length,
  };
}

function phaseOf(state: GenerationState): GenerationPhase {
  switch (state.name) {
    case "giving-up":
      return "polling";
    case "watching":
      return "failed";
    case "settling":
      return phaseOfSettling(state);
    case "acquiring-both":
      return state.slotId === undefined ? "acquiring-slot" : "reserving-credits";
    default:
      return state.name;
  }
}

/** A generation that ended before keeps its phase, unless a hold in doubt turned out to exist. */
function phaseOfSettling({ verdict: { kind }, steps, announcedSettlement }: Settling): GenerationPhase {
  if (announcedSettlement !== undefined || (kind === "deliver-late" && !isUnderWay(steps["release-credits"]?.status)))
    return ENDS[kind];
  return SAVING.some((step) => isUnderWay(steps[step]?.status)) ? "saving" : "settling";
}

const SAVING = ["save-videos", "save-row"] as const;

const ENDS = {
  deliver: "completed",
  "deliver-late": "failed",
  fail: "failed",
  cancel: "canceled",
} as const satisfies Record<Verdict["kind"], GenerationPhase>;

function isUnderWay(status: string | undefined): boolean {
  return status === "running" || status === "waiting";
}

function statusIn(phase: GenerationPhase): GenerationSnapshot["status"] {
  return phase === "completed" || phase === "failed" || phase === "canceled" ? phase : "running";
}

function isCanceling(state: GenerationState): boolean {
  if (isDecided(state)) return false;
  return state.name === "settling" ? state.verdict.kind === "cancel" : "isCanceling" in state && state.isCanceling;
}

function videosOf(state: GenerationState): readonly string[] {
  const shown = state.name === "settling" ? state.verdict : state;
  return "videos" in shown ? shownVideos(shown) : NO_VIDEOS;
}

/** Shared: most snapshots are of a generation that has none yet. */
const NO_VIDEOS: readonly string[] = [];

function errorOf(state: GenerationState): VideoErrorData | undefined {
  if (state.name === "settling") return "error" in state.verdict ? state.verdict.error : undefined;
  return "error" in state ? state.error : undefined;
}

function settlementIn(state: GenerationState, { isStalled = false, isMoneyOut = false }: Circumstances): Settlement {
  if ("settlement" in state) return state.settlement;
  if (state.name === "settling") {
    const settlement = state.announcedSettlement ?? settlementOf(state);
    return settlement === "held" && isStalled && isMoneyOut ? "unknown" : settlement;
  }
  if (state.name === "acquiring-both") {
    const { status, isUnsure } = state.steps["reserve-credits"];
    return status === "done" ? "held" : isUnsure ? "unknown" : "none";
  }
  if (state.name === "reserving-credits") return state.isUnsure ? "unknown" : "none";
  if (state.name === "uploading" || state.name === "acquiring-slot") return "none";
  return state.plan.isAdopted === true ? "unknown" : "held";
}
