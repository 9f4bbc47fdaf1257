// The shipped app's form in terms of the engine: what its request, status, progress, settings and answer are. Pure.
import type { VideoModelId, VideoSettings } from "@video-engine/video-models";
import type { AttachedFiles, AttachmentSource, GenerateRequest } from "../../attachments/attachment.ts";
import type { GenerationSnapshot } from "../../core/snapshot.ts";
import { videoErrorData } from "../../errors.ts";
import type { SentenceOf } from "../../sentence-of.ts";
import type { VideoFormChange } from "../../settings/generation-form.ts";
import type { VideoSettingsSnapshot } from "../../settings/create-video-settings.ts";

const MODELS = [
  ...(["vid-veo-3.1", "vid-veo-3.1-fast", "veo3.1-transition", "veo3.1-fast-transition"] as const),
  ...(["vid-kling-2.6-pro", "vid-kling-2.5-pro", "kling-2.5-turbo-transition"] as const),
  ...(["kling-o1", "kling-o1-transition", "kie-sora-2", "kie-wan-2.5"] as const),
  ...(["vid-hailuo-2.3-pro", "vid-hailuo-2.3", "vid-ovi", "vid-kandinsky-5"] as const),
  ...(["vid-seedance-lite", "vid-seedance-pro", "seedance-pro-transition"] as const),
  ...(["kie-seedance-1.5-pro", "kie-seedance-1.5-pro-transition"] as const),
  ...(["pixverse-v5", "pixverse-v5-transition", "vid-lucy-lite", "vid-lucy-pro"] as const),
] as const satisfies readonly VideoModelId[];
const RATIOS = ["16:9", "9:16", "1:1", "4:3", "3:4"] as const;
const SECONDS = [5, 4, 6, 8, 10, 12, 15] as const;
const RESOLUTIONS = ["720p", "360p", "480p", "540p", "1080p"] as const;

/**
 * The chosen settings as they were stored, not fitted to the model: the screen does that. Of the 24 models that the shipped app knows, and their
 * values; where another screen has chosen something else, the default stands for it.
 */
export interface VideoGenerationSettings {
  /** Default `vid-veo-3.1`. */
  readonly modelId: (typeof MODELS)[number];
  /** Default `16:9`. */
  readonly aspectRatio: (typeof RATIOS)[number];
  /** Seconds. Default 5. */
  readonly duration: (typeof SECONDS)[number];
  /** Default `720p`. */
  readonly resolution: (typeof RESOLUTIONS)[number];
  /** Default true. */
  readonly generateAudio: boolean;
  /** Default false. */
  readonly fastMode: boolean;
}

/** A request of the shipped screen. A file may stand wherever a URL may. */
export interface VideoGenerationRequest extends Undefinable<VideoSettings>, Omit<AttachedFiles, "klingO1Images"> {
  readonly prompt: string;
  readonly modelId: VideoModelId;
  readonly klingO1Images?: readonly (AttachmentSource | { readonly url: string })[] | undefined;
  /** The session to record in. Left out: one is made for it. */
  readonly sessionId?: string | undefined;
  /** Called once with the session that was made. */
  readonly onSessionId?: ((sessionId: string) => void) | undefined;
}

type Undefinable<T> = { readonly [K in keyof T]: T[K] | undefined };

/** Where the latest generation is. */
export type VideoGenerationStatus =
  | "idle"
  | "acquiring_slot"
  | "reserving_credits"
  | "creating_session"
  | "generating"
  | "polling"
  | "completing"
  | "completed"
  | "failed";

/** How a generation ended. */
export interface VideoGenerationResult {
  readonly success: boolean;
  /** At least one. Set exactly when it succeeded. */
  readonly videos?: { url: string }[];
  /** The sentence for the user. Set exactly when it did not succeed. */
  readonly error?: string;
  /** The row's id, which the Convex functions take. */
  readonly generationId?: string;
  readonly sessionId?: string;
}

/** What the form shows of a generation. */
export interface OldFormState {
  readonly status: VideoGenerationStatus;
  readonly error: string | null;
  readonly progress: number;
  readonly isGenerating: boolean;
}

/** As the shipped screen says it. */
const CANCELED = videoErrorData("canceled", { message: "Cancelled" });

/** What the form shows of the latest generation, or without one. */
export function stateOf(snapshot: GenerationSnapshot | undefined, sentenceOf: SentenceOf): OldFormState {
  const status = statusOf(snapshot);
  const isGenerating = status !== "idle" && status !== "completed" && status !== "failed";
  return { status, isGenerating, progress: PROGRESS[status], error: errorOf(snapshot, sentenceOf) };
}

/** Percent, by status alone: what is known of the time is in `progressOf(snapshot, now)`. */
const PROGRESS: Readonly<Record<VideoGenerationStatus, number>> = {
  idle: 0,
  acquiring_slot: 10,
  reserving_credits: 15,
  creating_session: 20,
  generating: 25,
  polling: 30,
  completing: 95,
  completed: 100,
  failed: 0,
};

const STATUS: Readonly<Record<GenerationSnapshot["phase"], VideoGenerationStatus>> = {
  uploading: "acquiring_slot",
  "acquiring-slot": "acquiring_slot",
  "reserving-credits": "reserving_credits",
  "creating-session": "creating_session",
  recording: "creating_session",
  submitting: "generating",
  polling: "polling",
  saving: "completing",
  settling: "completing",
  completed: "completed",
  failed: "failed",
  canceled: "idle",
};

/** A cancel counts at once, as before; a video that comes all the same is still shown. */
function statusOf(snapshot: GenerationSnapshot | undefined): VideoGenerationStatus {
  return snapshot === undefined || snapshot.isCanceling ? "idle" : STATUS[snapshot.phase];
}

function errorOf(snapshot: GenerationSnapshot | undefined, sentenceOf: SentenceOf): string | null {
  if (snapshot === undefined) return null;
  if (snapshot.isCanceling || snapshot.status === "canceled") return sentenceOf(CANCELED);
  return snapshot.status === "failed" ? sentenceOf(snapshot.error ?? "internal") : null;
}

/** The answer of a generation that has ended. */
export function resultOf(snapshot: GenerationSnapshot, sentenceOf: SentenceOf): VideoGenerationResult {
  const { status, error = "internal", rowId, sessionId } = snapshot;
  const ids = { ...(rowId !== undefined && { generationId: rowId }), ...(sessionId !== undefined && { sessionId }) };
  if (status === "completed") return { success: true, videos: snapshot.videos.map((url) => ({ url })), ...ids };
  return { success: false, error: sentenceOf(status === "canceled" ? CANCELED : error), ...ids };
}

/** The engine's request. Fields that are undefined are left out. */
export function requestOf(given: VideoGenerationRequest): GenerateRequest {
  const { modelId, klingO1Images, sessionId: _session, onSessionId: _listener, ...rest } = given;
  const images = klingO1Images?.map((image) => (isNamedUrl(image) ? image.url : image));
  const request = { ...rest, model: modelId, klingO1Images: images };
  const set = Object.entries(request).filter(([, value]) => value !== undefined);
  return Object.fromEntries(set) as unknown as GenerateRequest; // the same fields, but for those that are undefined
}

function isNamedUrl(image: AttachmentSource | { readonly url: string }): image is { readonly url: string } {
  return typeof image === "object" && "url" in image && typeof image.url === "string" && !("uri" in image);
}

/** The settings that the form shows. */
export function settingsOf({ model, chosen: ofModel }: VideoSettingsSnapshot): VideoGenerationSettings {
  const modelId = oneOf(MODELS, model);
  const chosen = modelId === model ? ofModel : {};
  return {
    modelId,
    aspectRatio: oneOf(RATIOS, chosen.aspectRatio),
    duration: oneOf(SECONDS, chosen.duration),
    resolution: oneOf(RESOLUTIONS, chosen.resolution),
    generateAudio: chosen.generateAudio ?? true,
    fastMode: chosen.fastMode ?? false,
  };
}

/** The value where the list has it, else the first of the list. */
function oneOf<T>(list: readonly [T, ...T[]], value: unknown): T {
  return list.find((one) => one === value) ?? list[0];
}

/** A change of the settings in the engine's words. */
export function changeOf({ modelId, ...change }: Partial<VideoGenerationSettings>): VideoFormChange {
  return modelId === undefined ? change : { ...change, model: modelId };
}
