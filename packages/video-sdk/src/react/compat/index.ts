"use client";
// `@video-engine/video-sdk/react/compat`: the form's hook in the shape of the shipped app's own one, so that its screen moves over by an import.
export { useVideoGeneration, type VideoGenerationHook } from "./use-video-generation.ts";
export type {
  VideoGenerationRequest,
  VideoGenerationResult,
  VideoGenerationSettings,
  VideoGenerationStatus,
} from "./old-form.ts";
