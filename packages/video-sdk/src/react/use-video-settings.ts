// Watches the settings of the form, and the controls for them.
import { choicesFor, type ChoicesGiven, type VideoChoices } from "@video-engine/video-models";
import { useMemo } from "react";
import type { VideoSettingsSnapshot, VideoSettingsStore } from "../settings/create-video-settings.ts";
import { useShared } from "./use-shared.ts";
import { useStore } from "./use-store.ts";
import { useVideoEngine } from "./video-engine-context.ts";

/** The chosen model and its settings, and the methods that change them. */
export interface VideoSettingsHook extends VideoSettingsSnapshot, Pick<VideoSettingsStore, "select" | "update"> {}

/** The last-used settings, per model. `isLoaded` is false until the storage has answered. */
export function useVideoSettings(): VideoSettingsHook {
  const { settings } = useVideoEngine();
  const snapshot = useStore(settings);
  return useMemo(() => ({ ...snapshot, select: settings.select, update: settings.update }), [snapshot, settings]);
}

/** The controls to show for the chosen model and what is attached, and the values that they offer. Only the presence of attachments counts. */
export function useVideoChoices(attachments?: ChoicesGiven["attachments"]): VideoChoices {
  const { model, settings } = useStore(useVideoEngine().settings);
  const { resolution } = settings;
  return useShared(useMemo(() => choicesFor(model, { attachments, resolution }), [model, attachments, resolution]));
}
