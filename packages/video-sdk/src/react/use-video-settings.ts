// The settings of the form, and the controls that go with them.
import { choicesFor, type ChoicesGiven, type VideoChoices } from "@video-engine/video-models";
import { useMemo } from "react";
import type { VideoSettingsSnapshot, VideoSettingsStore } from "../settings/create-video-settings.ts";
import { useStore } from "./use-store.ts";
import { useVideoEngine } from "./video-engine-context.ts";

/** The chosen model and its settings, and the ways to change them. */
export interface VideoSettingsHook extends VideoSettingsSnapshot, Pick<VideoSettingsStore, "select" | "update"> {}

/** The settings that were last used, per model. `isLoaded` is false until the storage has answered. */
export function useVideoSettings(): VideoSettingsHook {
  const { settings } = useVideoEngine();
  const snapshot = useStore(settings);
  return useMemo(() => ({ ...snapshot, select: settings.select, update: settings.update }), [snapshot, settings]);
}

/** The controls to show for the chosen model and what is attached (only presence counts), and the values they offer. */
export function useVideoChoices(attachments?: ChoicesGiven["attachments"]): VideoChoices {
  const { model, settings } = useStore(useVideoEngine().settings);
  const { resolution } = settings;
  return useMemo(() => choicesFor(model, { attachments, resolution }), [model, attachments, resolution]);
}
