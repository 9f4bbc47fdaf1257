// A hook for a screen with one form: settings, generate, progress, cancel. Shows the latest generation; earlier ones keep running.
import type { FittedSettings, VideoModelId } from "@video-engine/video-models";
import { useCallback, useMemo } from "react";
import type { GenerationSnapshot } from "../core/snapshot.ts";
import type { GenerateOptions } from "../engine/create-engine.ts";
import { progressOf, type GenerationProgress } from "../grid/progress-of.ts";
import { changeSettings, formStatusOf, startFromForm } from "../settings/generation-form.ts";
import type { GenerateAnswer, GenerateInput, VideoFormChange, VideoFormStatus } from "../settings/generation-form.ts";
import { useLatestGeneration } from "./use-latest-generation.ts";
import { useShared } from "./use-shared.ts";
import { useStore } from "./use-store.ts";
import { useVideoEngine } from "./video-engine-context.ts";

/** What the form shows and does. Its functions stay the same from render to render, and so does each object whose content does. */
export interface VideoGenerationHook {
  readonly status: VideoFormStatus;
  /** Why the latest generation failed, as a sentence. Its code is in `snapshot.error`, and whether it was charged in `snapshot.settlement`. */
  readonly error: string | undefined;
  /** Changes when the generation does. For progress that advances with time, call `progressOf(snapshot, now)`. Undefined while idle. */
  readonly progress: GenerationProgress | undefined;
  readonly isGenerating: boolean;
  /** The latest generation. Undefined while idle. */
  readonly snapshot: GenerationSnapshot | undefined;
  /** The chosen model and its settings, fitted to it. */
  readonly settings: FittedSettings & { readonly model: VideoModelId };
  /** Changes the model, its settings or both. Fields that are left out stay. */
  updateSettings(change: VideoFormChange): void;
  /** Starts a generation, also while another runs. Resolves when it has ended; never rejects. It keeps running when the component unmounts. */
  generate(input: GenerateInput, options?: GenerateOptions): Promise<GenerateAnswer>;
  /** Asks to cancel the latest generation. */
  cancel(): void;
  /** Returns the form to idle. Running generations keep running. */
  reset(): void;
}

/** The latest generation that this component has started, and the form for the next one. */
export function useVideoGeneration(): VideoGenerationHook {
  const engine = useVideoEngine();
  const { snapshot, show, cancel, reset } = useLatestGeneration();
  const { model, settings } = useStore(engine.settings);
  const generate = useCallback(
    (input: GenerateInput, options?: GenerateOptions) => {
      const { id, answer } = startFromForm(engine, input, options);
      show(id);
      return answer;
    },
    [engine, show],
  );
  const updateSettings = useCallback((change: VideoFormChange) => changeSettings(engine, change), [engine]);
  const form = useMemo(() => {
    const status = formStatusOf(snapshot);
    return {
      status,
      isGenerating: status === "generating",
      error: snapshot?.error && engine.sentenceOf(snapshot.error),
      snapshot,
      progress: snapshot === undefined ? undefined : progressOf(snapshot),
      settings: { ...settings, model },
      updateSettings,
      generate,
      cancel,
      reset,
    };
  }, [engine, snapshot, model, settings, updateSettings, generate, cancel, reset]);
  return useShared(form);
}
