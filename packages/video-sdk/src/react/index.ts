"use client";
// `@video-engine/video-sdk/react`: hooks over an engine, for React and React Native. They subscribe and decide nothing.
export { useAttachment } from "./use-attachment.ts";
export { useGeneration, useGenerations } from "./use-generation.ts";
export { useVideoGeneration, type VideoGenerationHook } from "./use-video-generation.ts";
export type { GenerateAnswer, GenerateInput, VideoFormChange, VideoFormStatus } from "../settings/generation-form.ts";
export { useVideoSessions, useVideoTiles, type VideoSessionsHook } from "./use-video-sessions.ts";
export type { SoldModels } from "../catalogue/create-sold-models.ts";
export { useVideoChoices, useVideoModels, useVideoSettings, type VideoSettingsHook } from "./use-video-settings.ts";
export { useVideoEngine, VideoEngineProvider, type VideoEngineProviderProps } from "./video-engine-context.ts";
