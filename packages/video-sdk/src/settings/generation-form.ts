// The form of one screen without its framework: makes the request from what was typed and chosen, and the answer from a generation.
import type { VideoModelId, VideoSettings } from "@video-engine/video-models";
import type { AttachedFiles, GenerateRequest } from "../attachments/attachment.ts";
import type { GenerationSnapshot } from "../core/snapshot.ts";
import type { GenerateOptions } from "../engine/create-engine.ts";
import type { Generation } from "../engine/generation-handle.ts";
import { toVideoError, type VideoErrorCode } from "../errors.ts";
import type { SentenceOf } from "../sentence-of.ts";
import type { SessionList } from "../grid/create-session-list.ts";
import type { VideoSettingsChange } from "./chosen-settings.ts";
import type { VideoSettingsStore } from "./create-video-settings.ts";
import { toRequestSettings } from "./to-request-settings.ts";

/** What the user typed and attached. Settings in it override the chosen ones. */
export interface GenerateInput extends VideoSettings, AttachedFiles {
  readonly prompt: string;
  /** Default: the chosen model. With another model the chosen settings are ignored, because they belong to the chosen one. */
  readonly model?: VideoModelId;
}

/** How `generate()` ended. */
export interface GenerateAnswer {
  readonly success: boolean;
  /** URLs, at least one. Set exactly when it succeeded. */
  readonly videos?: readonly string[] | undefined;
  /** The sentence for the user. Set exactly when it did not succeed. */
  readonly error?: string | undefined;
  /** What to branch on. Set exactly when it did not succeed. */
  readonly code?: VideoErrorCode | undefined;
  /** What was thrown, for the log, where the generation could not be started. */
  readonly cause?: unknown;
  /** The engine's id. Undefined where the generation could not be started. */
  readonly generationId?: string | undefined;
  readonly sessionId?: string | undefined;
  /** The id of the row in the backend. */
  readonly rowId?: string | undefined;
}

/** The state of the form: `idle` before the first generation and after a reset. */
export type VideoFormStatus = "idle" | "generating" | "completed" | "failed" | "canceled";

/** The part of an engine that a form uses. */
export interface FormEngine {
  generate(request: GenerateRequest, options?: GenerateOptions): Generation;
  readonly settings: Pick<VideoSettingsStore, "getSnapshot" | "select" | "update">;
  readonly sessions: Pick<SessionList, "getSnapshot">;
  readonly sentenceOf: SentenceOf;
  readonly models: { getSnapshot(): Parameters<typeof toRequestSettings>[2] };
}

/** A change of the form's model, its settings or both. */
export interface VideoFormChange extends VideoSettingsChange {
  readonly model?: VideoModelId;
}

/** The status for the form. */
export function formStatusOf(snapshot: GenerationSnapshot | undefined): VideoFormStatus {
  if (snapshot === undefined) return "idle";
  return snapshot.status === "running" ? "generating" : snapshot.status;
}

/** Starts a generation with the chosen model and settings, in the shown session. Never throws; the answer never rejects. */
export function startFromForm(
  engine: FormEngine,
  input: GenerateInput,
  options: GenerateOptions = {},
): { readonly id: string | undefined; readonly answer: Promise<GenerateAnswer> } {
  try {
    const { currentId } = engine.sessions.getSnapshot();
    const inSession = currentId === undefined ? options : { sessionId: currentId, ...options };
    const generation = engine.generate(requestOf(engine, input), inSession);
    const answer = generation.outcome.then(() => answerOf(generation.getSnapshot(), engine.sentenceOf));
    return { id: generation.id, answer };
  } catch (thrown) {
    const error = toVideoError(thrown);
    const { code } = error;
    const said = engine.sentenceOf(error);
    return { id: undefined, answer: Promise.resolve({ success: false, error: said, code, cause: thrown }) };
  }
}

/** Changes the model first, then its settings. */
export function changeSettings(
  { settings }: Pick<FormEngine, "settings">,
  { model, ...change }: VideoFormChange,
): void {
  if (model !== undefined) settings.select(model);
  settings.update(change);
}

function requestOf({ settings, models }: FormEngine, input: GenerateInput): GenerateRequest {
  const { model, chosen } = settings.getSnapshot();
  if (input.model !== undefined && input.model !== model) return { ...input, model: input.model };
  return {
    model,
    ...toRequestSettings({ model, chosen: { ...chosen, ...input } }, input, models.getSnapshot()),
    ...input,
  };
}

/** The answer of a generation that has ended. */
function answerOf(snapshot: GenerationSnapshot, sentenceOf: SentenceOf): GenerateAnswer {
  const { id, status, videos, error, sessionId, rowId } = snapshot;
  const ids = { generationId: id, sessionId, rowId };
  if (status === "completed") return { success: true, videos, ...ids };
  const code = status === "canceled" ? "canceled" : (error?.code ?? "internal");
  return { success: false, error: sentenceOf(error ?? code), code, ...ids };
}
