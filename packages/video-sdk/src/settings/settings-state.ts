// The state of a settings store, and how it changes: by an edit, and by what the storage holds. Pure; knows no storage.
import type { VideoModelId } from "@video-engine/video-models";
import type { UsedRegistry } from "../catalogue/built-in-models.ts";
import { mergeFields, NO_SETTINGS, withShownAs, type SettingsRecord } from "./settings-record.ts";

/** The state of a settings store. */
export interface SettingsState {
  /** False until the storage has answered or failed. */
  readonly isLoaded: boolean;
  /** True once the storage has answered. */
  readonly isRead: boolean;
  /** What the user sees. */
  readonly view: SettingsRecord;
  /** The edits in `view` that are not known to be stored. */
  readonly unsaved: SettingsRecord;
}

/** The part of a registry that settings go by. */
export type SettingsModels = Pick<
  UsedRegistry,
  "currentModelOf" | "fitSettings" | "getVideoModel" | "isVideoModelId" | "models" | "sortedVideoModels"
>;

/** The models at one moment. */
export interface SettingsRules {
  readonly models: SettingsModels;
  /** The model in place of one that is unknown or has no price. */
  readonly fallback: VideoModelId;
  readonly isPriced: (model: VideoModelId) => boolean;
}

/** The first of these models that can be started with: it exists and is not retired. Without any, the first of the picker. */
export function firstOffered(
  models: SettingsModels,
  ids: readonly (VideoModelId | undefined)[],
): VideoModelId | undefined {
  const isOffered = (id: VideoModelId | undefined): boolean =>
    models.isVideoModelId(id) && models.currentModelOf(id) === id;
  return (
    ids.find(isOffered) ?? models.sortedVideoModels()[0]?.id ?? Object.keys(models.models).find(models.isVideoModelId)
  );
}

/** The state after the user's edit. */
export function edited(state: SettingsState, edit: SettingsRecord): SettingsState {
  return { ...state, view: mergeFields(state.view, edit), unsaved: mergeFields(state.unsaved, edit) };
}

/** The state after the user's change to another model. Earlier choices belong to the model that was shown until now. */
export function selected(state: SettingsState, model: VideoModelId, fallback: VideoModelId): SettingsState {
  const { view, unsaved } = state;
  const left = { ...state, view: withShownAs(view, fallback), unsaved: withShownAs(unsaved, fallback) };
  return edited(left, { ...NO_SETTINGS, model });
}

/**
 * The state after the storage was read. Edits that are not stored yet override it, field by field. `stored` is undefined when nothing
 * could be read: what is known stays then. From then on the shown model is known.
 */
export function takenIn(
  state: SettingsState,
  stored: SettingsRecord | undefined,
  { models, fallback }: SettingsRules,
): SettingsState {
  const base = stored ?? state.view;
  const model = state.unsaved.model ?? base.model;
  const known = models.isVideoModelId(model) ? model : fallback;
  const unsaved = withShownAs(state.unsaved, known);
  const view = mergeFields({ ...withShownAs(base, known), model: known }, unsaved);
  return { ...state, isLoaded: true, view, unsaved };
}

/** The state while its edits are being stored. */
export function withoutUnsaved(state: SettingsState): SettingsState {
  return { ...state, unsaved: NO_SETTINGS };
}

/** The state after these edits could not be stored. Later edits override them. */
export function withUnsaved(state: SettingsState, edits: SettingsRecord): SettingsState {
  return { ...state, unsaved: mergeFields(edits, state.unsaved) };
}

/**
 * The record to store: what is stored, with the edits over it, field by field. Anything else may be newer than what is seen here, because
 * another tab may have written it. Where nothing is stored, all that the user sees.
 */
export function toStore(
  stored: SettingsRecord | undefined,
  { view, unsaved }: Pick<SettingsState, "view" | "unsaved">,
  rules: SettingsRules,
): SettingsRecord {
  if (stored === undefined) return view;
  const known = settled(stored, rules);
  const chosen = new Map(stored.chosen);
  for (const [id, change] of unsaved.chosen) chosen.set(id, { ...known.chosen.get(id), ...change });
  return { model: unsaved.model ?? known.model, chosen };
}

/**
 * The stored record with a model that is offered. A retired one is replaced by its successor, an unknown one and one without a price by the
 * fallback; it passes its settings on where the other has none.
 */
export function settled(stored: SettingsRecord, { models, fallback, isPriced }: SettingsRules): SettingsRecord {
  const { model, chosen } = stored;
  const current = models.isVideoModelId(model) ? models.currentModelOf(model) : fallback;
  const offered = isPriced(current) ? current : fallback;
  const left = model === undefined || model === offered ? undefined : chosen.get(model);
  return {
    model: offered,
    chosen: left === undefined ? chosen : new Map([[offered, left], ...chosen]),
  };
}
