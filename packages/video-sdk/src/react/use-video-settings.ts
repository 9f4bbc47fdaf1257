// Watches the settings of the form, and the controls for them.
import type { ChoicesGiven, VideoChoices } from "@video-engine/video-models";
import { useMemo, useSyncExternalStore } from "react";
import type { SoldModels } from "../catalogue/create-sold-models.ts";
import type { VideoSettingsSnapshot, VideoSettingsStore } from "../settings/create-video-settings.ts";
import { useShared } from "./use-shared.ts";
import { useStore } from "./use-store.ts";
import { useVideoEngine } from "./video-engine-context.ts";

/** The chosen model and its settings, and the methods that change them. */
export interface VideoSettingsHook extends VideoSettingsSnapshot, Pick<VideoSettingsStore, "select" | "update"> {}

/**
 * The models that the app sells, with the functions that go by them: a picker lists `sortedVideoModels()`, a form takes `fitSettings`. They change
 * when the server's catalogue does.
 */
export function useVideoModels(): SoldModels {
  const { subscribe, getSnapshot, getInitialSnapshot } = useVideoEngine().models;
  return useSyncExternalStore(subscribe, getSnapshot, getInitialSnapshot);
}

/** The last-used settings, per model. `isLoaded` is false until the storage has answered. */
export function useVideoSettings(): VideoSettingsHook {
  const { settings } = useVideoEngine();
  const snapshot = useStore(settings);
  return useMemo(() => ({ ...snapshot, select: settings.select, update: settings.update }), [snapshot, settings]);
}

/** The controls to show for the chosen model and what is attached, and the values that they offer. Only the presence of attachments counts. */
export function useVideoChoices(attachments?: ChoicesGiven["attachments"]): VideoChoices {
  const engine = useVideoEngine();
  const { model, settings } = useStore(engine.settings);
  const { choicesFor } = useVideoModels();
  const { resolution } = settings;
  return useShared(
    useMemo(() => choicesFor(model, { attachments, resolution }), [choicesFor, model, attachments, resolution]),
  );
}
