// The hook of the shipped screen, over the engine: the same members, names and values.
import { useCallback, useMemo } from "react";
import type { VideoEngine } from "../../compose-engine.ts";
import type { Generation } from "../../engine/generation-handle.ts";
import { toVideoError } from "../../errors.ts";
import { changeSettings } from "../../settings/generation-form.ts";
import { useLatestGeneration } from "../use-latest-generation.ts";
import { useShared } from "../use-shared.ts";
import { useStore } from "../use-store.ts";
import { useVideoEngine } from "../video-engine-context.ts";
import { changeOf, requestOf, resultOf, settingsOf, stateOf } from "./old-form.ts";
import type {
  VideoGenerationRequest,
  VideoGenerationResult,
  VideoGenerationSettings,
  VideoGenerationStatus,
} from "./old-form.ts";

/** What the shipped screen reads and calls. Its functions stay the same from render to render, and so does each object whose content does. */
export interface VideoGenerationHook {
  readonly status: VideoGenerationStatus;
  /** The sentence for the user, `"Cancelled"` after a cancel, or null. */
  readonly error: string | null;
  /** From 0 to 100, by the status alone. */
  readonly progress: number;
  readonly isGenerating: boolean;
  readonly settings: VideoGenerationSettings;
  /** Changes and stores settings. Rejects with `UnknownVideoModelError` for an unknown model. */
  updateSettings(change: Partial<VideoGenerationSettings>): Promise<void>;
  /** Starts a generation, also while another runs. Resolves when it has ended; never rejects. It keeps running when the component unmounts. */
  generate(request: VideoGenerationRequest): Promise<VideoGenerationResult>;
  /** Asks to cancel the latest generation. The form is idle at once; a video that comes all the same is delivered. */
  cancel(): void;
  /** Returns the form to idle. Running generations keep running. */
  reset(): void;
}

/** The latest generation that this component has started, and the settings of the next one, as the shipped screen knows them. */
export function useVideoGeneration(): VideoGenerationHook {
  const engine = useVideoEngine();
  const { snapshot, show, cancel, reset } = useLatestGeneration();
  const chosen = useStore(engine.settings);
  const generate = useCallback(
    (request: VideoGenerationRequest) => {
      const { id, result } = start(engine, request);
      show(id);
      return result;
    },
    [engine, show],
  );
  const updateSettings = useCallback(
    async (change: Partial<VideoGenerationSettings>) => changeSettings(engine, changeOf(change)),
    [engine],
  );
  const form = useMemo(
    () => ({
      ...stateOf(snapshot, engine.sentenceOf),
      settings: settingsOf(chosen),
      updateSettings,
      generate,
      cancel,
      reset,
    }),
    [engine, snapshot, chosen, updateSettings, generate, cancel, reset],
  );
  return useShared(form);
}

/** Never throws; the result never rejects. */
function start(
  engine: Pick<VideoEngine, "generate" | "sentenceOf">,
  request: VideoGenerationRequest,
): { readonly id: string | undefined; readonly result: Promise<VideoGenerationResult> } {
  try {
    const { sessionId, onSessionId } = request;
    const generation = engine.generate(requestOf(request), { sessionId, isSessionOwn: true });
    if (sessionId === undefined && onSessionId !== undefined) tellSession(generation, onSessionId);
    return {
      id: generation.id,
      result: generation.outcome.then(() => resultOf(generation.getSnapshot(), engine.sentenceOf)),
    };
  } catch (thrown) {
    const error = engine.sentenceOf(toVideoError(thrown));
    return { id: undefined, result: Promise.resolve({ success: false, error }) };
  }
}

/** Calls back once, as soon as the session is known. */
function tellSession({ getSnapshot, subscribe }: Generation, onSessionId: (sessionId: string) => void): void {
  const stop = subscribe(() => {
    const { sessionId } = getSnapshot();
    if (sessionId === undefined) return;
    stop();
    onSessionId(sessionId);
  });
}
