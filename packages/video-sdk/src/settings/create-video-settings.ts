// The settings of the form: what was last used with each model, kept from one start of the app to the next. Knows no attachment and no screen.
import { fitSettings, getVideoModel, isVideoModelId } from "@video-engine/video-models";
import type { FittedSettings, VideoModelId, VideoSettings } from "@video-engine/video-models";
import { createObservable } from "../observable.ts";
import { createMemoryStorage } from "../platform/memory-storage.ts";
import type { KeyValueStorage } from "../ports.ts";
import { readChosen, type VideoSettingsChange } from "./chosen-settings.ts";
import { NO_SETTINGS, SHOWN_MODEL } from "./settings-record.ts";
import { edited, isOffered, selected, type SettingsState } from "./settings-state.ts";
import { createSettingsSync } from "./settings-sync.ts";
import { settingsPlaceOf } from "./stored-settings.ts";

/** What the form shows before anything is attached. Immutable. */
export interface VideoSettingsSnapshot {
  /** False until the storage has answered, or failed. What is chosen meanwhile stays. */
  readonly isLoaded: boolean;
  readonly model: VideoModelId;
  /** What the user chose for this model, as it was chosen: it may not be offered now, and be offered again with an attachment. */
  readonly chosen: VideoSettings;
  /** The same, fitted to the model without an attachment. With one: `fitSettings(model, chosen, attachments)`. */
  readonly settings: FittedSettings;
}

/** Last-used settings per model. Every method works unbound, and nothing that the storage does makes one throw or lose a choice. */
export interface VideoSettingsStore {
  /** The same object until something changed. */
  getSnapshot(): VideoSettingsSnapshot;
  /** Called without arguments after each change. The first one loads. Gives back the way to stop. */
  subscribe(listener: () => void): () => void;
  /**
   * Reads the storage, at first or again; of several loads the last one wins. What was chosen here and is not stored yet stays, field by
   * field. Never rejects; a storage that does not answer is waited for.
   */
  load(): Promise<void>;
  /** Changes to a model, with what was last used with it. Throws `UnknownVideoModelError` for an id that does not exist. */
  select(model: VideoModelId): void;
  /** Changes settings of the current model; `undefined` clears one. What cannot be read counts as `undefined`. */
  update(settings: VideoSettingsChange): void;
}

/** Where settings are kept, and what they start with. */
export interface VideoSettingsOptions {
  /** AsyncStorage, localStorage or anything with their methods. Left out: the settings are forgotten with the process. */
  readonly storage?: KeyValueStorage;
  /** Whose settings. Left out: all users of the storage share them. */
  readonly user?: string;
  /** The model to start with, and in place of one that is retired or unknown. Default: the first of the picker, `vid-veo-3.1`. */
  readonly defaultModel?: VideoModelId;
}

const FIRST_OF_PICKER: VideoModelId = "vid-veo-3.1";

/** A store. Touches the storage at the first `subscribe`, `load` or change. */
export function createVideoSettings(options: VideoSettingsOptions = {}): VideoSettingsStore {
  const { storage = createMemoryStorage(), user, defaultModel } = options;
  const fallback = isOffered(defaultModel) ? defaultModel : FIRST_OF_PICKER;
  let state: SettingsState = { isLoaded: options.storage === undefined, view: NO_SETTINGS, unsaved: NO_SETTINGS };
  const snapshot = createObservable(snapshotOf(state, fallback));

  const setState = (next: SettingsState): void => {
    state = next;
    const picture = snapshotOf(next, fallback);
    // Small and plain, with their members always in the same order.
    if (JSON.stringify(picture) !== JSON.stringify(snapshot.get())) snapshot.set(picture);
  };
  const sync = createSettingsSync({ place: settingsPlaceOf(storage, user), fallback, getState: () => state, setState });
  const change = (next: SettingsState): void => {
    setState(next);
    sync.save();
  };

  return {
    getSnapshot: snapshot.get,
    subscribe(listener) {
      const stop = snapshot.subscribe(listener);
      sync.loadOnce();
      return stop;
    },
    load: sync.load,
    select(model) {
      getVideoModel(model);
      change(selected(state, model, fallback));
    },
    update(settings) {
      const { model } = state.view;
      change(edited(state, { model, chosen: new Map([[model ?? SHOWN_MODEL, settings]]) }));
    },
  };
}

function snapshotOf({ isLoaded, view }: SettingsState, fallback: VideoModelId): VideoSettingsSnapshot {
  const model = isVideoModelId(view.model) ? view.model : fallback;
  const chosen = readChosen(view.chosen.get(view.model ?? SHOWN_MODEL));
  return { isLoaded, model, chosen, settings: fitSettings(model, chosen) };
}
