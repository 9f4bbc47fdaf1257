// What a settings store knows, and how it changes: by an edit, and by what the storage says. Pure; knows no storage.
import { isVideoModelId, VIDEO_MODELS, type VideoModelId } from "@video-engine/video-models";
import { mergeFields, NO_SETTINGS, withShownAs, type SettingsRecord } from "./settings-record.ts";

/** What a store knows. */
export interface SettingsState {
  /** False until the storage has answered, or refused to. */
  readonly isLoaded: boolean;
  /** What the user sees. */
  readonly view: SettingsRecord;
  /** The edits in it that are not known to be stored. */
  readonly unsaved: SettingsRecord;
}

/** Whether a model can be started with: it exists and is not retired. */
export function isOffered(id: string | undefined): id is VideoModelId {
  return isVideoModelId(id) && VIDEO_MODELS[id].retired === undefined;
}

/** The state after an edit of the user's. */
export function edited(state: SettingsState, edit: SettingsRecord): SettingsState {
  return { ...state, view: mergeFields(state.view, edit), unsaved: mergeFields(state.unsaved, edit) };
}

/** The state after the user's change to another model. What was chosen before belongs to the model that was shown until now. */
export function selected(state: SettingsState, model: VideoModelId, fallback: VideoModelId): SettingsState {
  const { view, unsaved } = state;
  const left = { ...state, view: withShownAs(view, fallback), unsaved: withShownAs(unsaved, fallback) };
  return edited(left, { ...NO_SETTINGS, model });
}

/**
 * The state after the storage was read: the edits that are not stored yet stay on top, field by field. `stored` is undefined when
 * nothing could be read; what is known stays then. Then it is also known which model was shown all the time.
 */
export function takenIn(
  state: SettingsState,
  stored: SettingsRecord | undefined,
  fallback: VideoModelId,
): SettingsState {
  const base = stored ?? state.view;
  const model = state.unsaved.model ?? base.model;
  const known = isVideoModelId(model) ? model : fallback;
  const unsaved = withShownAs(state.unsaved, known);
  const view = mergeFields({ ...withShownAs(base, known), model: known }, unsaved);
  return { isLoaded: true, view, unsaved };
}

/** The state when its edits are being stored. */
export function withoutUnsaved(state: SettingsState): SettingsState {
  return { ...state, unsaved: NO_SETTINGS };
}

/** The state when these edits could not be stored, or have come from another place than the user: later ones stay on top of them. */
export function withUnsaved(state: SettingsState, edits: SettingsRecord): SettingsState {
  return { ...state, unsaved: mergeFields(edits, state.unsaved) };
}

/**
 * What is to be stored: the whole of what the user sees for each model that was edited here, and another tab's choices for the others.
 * `stored` is undefined where nothing is.
 */
export function toStore(
  stored: SettingsRecord | undefined,
  { view, unsaved }: Pick<SettingsState, "view" | "unsaved">,
): SettingsRecord {
  if (stored === undefined) return view;
  const chosen = new Map(stored.chosen);
  for (const id of unsaved.chosen.keys()) chosen.set(id, view.chosen.get(id) ?? {});
  return { model: view.model, chosen };
}

/** What is stored, with a model that is offered: one that is not gives way, and its settings go along unless the other one has its own. */
export function settled(stored: SettingsRecord, fallback: VideoModelId): SettingsRecord {
  const { model, chosen } = stored;
  const left = model === undefined || isOffered(model) ? undefined : chosen.get(model);
  return {
    model: isOffered(model) ? model : fallback,
    chosen: left === undefined ? chosen : new Map([[fallback, left], ...chosen]),
  };
}
