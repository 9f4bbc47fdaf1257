// What the form of one screen needs decided: the request out of its input, and the answer out of a generation. Knows no React.
import type { VideoModelId, VideoSettings } from "@video-engine/video-models";
import type { AttachedFiles, GenerateRequest } from "../attachments/attached-video-request.ts";
import type { GenerationSnapshot } from "../core/snapshot.ts";
import type { GenerateOptions } from "../engine/create-engine.ts";
import type { Generation } from "../engine/generation-handle.ts";
import { toVideoError, VIDEO_ERRORS, type VideoErrorCode } from "../errors.ts";
import type { VideoSessions } from "../sessions/create-video-sessions.ts";
import type { VideoSettingsChange } from "../settings/chosen-settings.ts";
import type { VideoSettingsSnapshot, VideoSettingsStore } from "../settings/create-video-settings.ts";
import { toRequestSettings } from "../settings/to-request-settings.ts";

/** What the user typed and attached. Settings that are given here count more than the chosen ones. */
export interface GenerateInput extends VideoSettings, AttachedFiles {
  readonly prompt: string;
  /** Default: the chosen model. With another one the chosen settings, which are not that model's, do not count. */
  readonly model?: VideoModelId;
}

/** How `generate()` ended. */
export interface GenerateAnswer {
  readonly success: boolean;
  /** URLs, at least one. There exactly with success. */
  readonly videos?: readonly string[];
  /** The sentence for the user. There exactly without success. */
  readonly error?: string;
  /** What to branch on. There exactly without success. */
  readonly code?: VideoErrorCode;
  /** The engine's id. Left out where the engine would not start at all. */
  readonly generationId?: string;
  readonly sessionId?: string;
  /** The id of the row in the backend. */
  readonly rowId?: string;
}

/** The state of the form: `idle` before the first generation and after a reset. */
export type VideoFormStatus = "idle" | "generating" | "completed" | "failed" | "canceled";

/** What is needed of an engine to start from a form. */
export interface FormEngine {
  generate(request: GenerateRequest, options?: GenerateOptions): Generation;
  readonly settings: Pick<VideoSettingsStore, "getSnapshot" | "select" | "update">;
  readonly sessions: Pick<VideoSessions, "getSnapshot">;
}

/** A change of the form's settings, the model among them. */
export interface VideoFormChange extends VideoSettingsChange {
  readonly model?: VideoModelId;
}

/** The status for the form. */
export function formStatusOf(snapshot: GenerationSnapshot | undefined): VideoFormStatus {
  if (snapshot === undefined) return "idle";
  return snapshot.status === "running" ? "generating" : snapshot.status;
}

/** Starts a generation with the chosen model and settings in the session that is shown. Never throws; the answer never rejects. */
export function startFromForm(
  engine: FormEngine,
  input: GenerateInput,
  options: GenerateOptions = {},
): { readonly id: string | undefined; readonly answer: Promise<GenerateAnswer> } {
  try {
    const { currentId } = engine.sessions.getSnapshot();
    const inSession = currentId === undefined ? options : { sessionId: currentId, ...options };
    const generation = engine.generate(requestOf(engine.settings.getSnapshot(), input), inSession);
    const answer = generation.outcome.then(() => answerOf(generation.getSnapshot()));
    return { id: generation.id, answer };
  } catch (thrown) {
    const { code, message } = toVideoError(thrown);
    return { id: undefined, answer: Promise.resolve({ success: false, error: message, code }) };
  }
}

/** Changes the model first, then what is set for it. */
export function changeSettings(
  { settings }: Pick<FormEngine, "settings">,
  { model, ...change }: VideoFormChange,
): void {
  if (model !== undefined) settings.select(model);
  settings.update(change);
}

function requestOf({ model, chosen }: VideoSettingsSnapshot, input: GenerateInput): GenerateRequest {
  if (input.model !== undefined && input.model !== model) return { ...input, model: input.model };
  return { model, ...toRequestSettings({ model, chosen: { ...chosen, ...input } }, input), ...input };
}

/** The answer of a generation that has ended. */
function answerOf({ id, status, videos, error, sessionId, rowId }: GenerationSnapshot): GenerateAnswer {
  const ids = {
    generationId: id,
    ...(sessionId === undefined ? {} : { sessionId }),
    ...(rowId === undefined ? {} : { rowId }),
  };
  if (status === "completed") return { success: true, videos, ...ids };
  const code = status === "canceled" ? "canceled" : (error?.code ?? "internal");
  return { success: false, error: error?.message ?? VIDEO_ERRORS[code].message, code, ...ids };
}
