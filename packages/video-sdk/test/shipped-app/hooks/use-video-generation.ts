// What the shipped app's own hook promises its screen: the contract, without the hook.
import type { VideoAspectRatio, VideoDuration, VideoModelId, VideoResolution } from "../config/video-models.ts";

export interface VideoGenerationRequest {
  prompt: string;
  modelId: VideoModelId;
  aspectRatio: VideoAspectRatio;
  duration: VideoDuration;
  resolution?: VideoResolution | undefined;
  generateAudio?: boolean | undefined;
  fastMode?: boolean | undefined;
  removeWatermark?: boolean | undefined;
  cameraFixed?: boolean | undefined;
  attachmentImageUrl?: string | undefined;
  startFrameImageUrl?: string | undefined;
  endFrameImageUrl?: string | undefined;
  klingO1Images?: { url: string }[] | undefined;
  sessionId?: string | undefined;
  onSessionId?: ((sessionId: string) => void) | undefined;
}

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

export interface VideoGenerationResult {
  success: boolean;
  videos?: { url: string }[];
  error?: string;
  generationId?: string;
  sessionId?: string;
}

export interface VideoGenerationSettings {
  modelId: VideoModelId;
  aspectRatio: VideoAspectRatio;
  duration: VideoDuration;
  resolution: VideoResolution;
  generateAudio: boolean;
  fastMode: boolean;
}

export interface VideoGenerationHook {
  status: VideoGenerationStatus;
  error: string | null;
  /** From 0 to 100. */
  progress: number;
  isGenerating: boolean;
  settings: VideoGenerationSettings;
  updateSettings: (change: Partial<VideoGenerationSettings>) => Promise<void>;
  generate: (request: VideoGenerationRequest) => Promise<VideoGenerationResult>;
  cancel: () => void;
  reset: () => void;
}

/** The shipped hook. */
export declare function useVideoGeneration(): VideoGenerationHook;
