// The settings that were last used with each model, kept from one start of the app to the next. Knows no attachment and no screen.
import { currentModelOf, fitSettings, getVideoModel, isVideoModelId } from "@video-engine/video-models";
import type { FittedSettings, VideoModelId, VideoSettings } from "@video-engine/video-models";
import { createObservable } from "../observable.ts";
import { createMemoryStorage } from "../platform/memory-storage.ts";
import type { KeyValueStorage } from "../ports.ts";
import { readChosen, type VideoSettingsChange } from "./chosen-settings.ts";
import { NO_SETTINGS, SHOWN_MODEL } from "./settings-record.ts";
import { edited, isOffered, selected, type SettingsState } from "./settings-state.ts";
import { createSettingsSync } from "./settings-sync.ts";
import { settingsPlaceOf } from "./stored-settings.ts";

/** What a form shows before anything is attached. Immutable. */
export interface VideoSettingsSnapshot {
  /** False until the storage has answered or failed. Choices that are made before that stay. */
  readonly isLoaded: boolean;
  readonly model: VideoModelId;
  /** What the user chose for this model, unfitted: it may be offered only with an attachment. */
  readonly chosen: VideoSettings;
  /** `chosen`, fitted to the model without an attachment. With one, call `fitSettings(model, chosen, attachments)`. */
  readonly settings: FittedSettings;
}

/** The last-used settings per model. Every method works unbound. A failing storage never makes a method throw, and never loses a choice. */
export interface VideoSettingsStore {
  /** The same object until something changed. */
  getSnapshot(): VideoSettingsSnapshot;
  /** What a form shows before anything was read, with or without a storage: what a server renders. Always the same object. */
  getInitialSnapshot(): VideoSettingsSnapshot;
  /** Called without arguments after each change. The first subscriber loads the settings. Returns an unsubscribe function. */
  subscribe(listener: () => void): () => void;
  /**
   * Reads the storage; of several loads the last one wins. Choices that are not stored yet stay, field by field. Never rejects; waits for
   * a storage that does not answer.
   */
  load(): Promise<void>;
  /** Changes to a model, or what replaces a retired one, and the settings that were last used with it. Throws `UnknownVideoModelError` for an unknown id. */
  select(model: VideoModelId): void;
  /**
   * Erases what is stored, and begins anew. Rejects with `storage-failed`. What an older app has stored under the `@video_gen_*` keys, for
   * all its users, stays.
   */
  forget(): Promise<void>;
  /** Changes settings of the current model. `undefined`, or a value that cannot be read, clears one. */
  update(settings: VideoSettingsChange): void;
}

/** Where settings are stored, and what they start with. */
export interface VideoSettingsOptions {
  /** AsyncStorage, localStorage or anything with their methods. Left out: the settings end with the process. */
  readonly storage?: KeyValueStorage | undefined;
  /** Whose settings these are. Left out: all users of the storage share them. */
  readonly user?: string | undefined;
  /** The model to start with, and to replace one that is unknown; a retired one names its replacement. Default: the first of the picker, `vid-veo-3.1`. */
  readonly defaultModel?: VideoModelId | undefined;
  /** Whether the app has a price for a model: one without is replaced too. Default: whether it has one in today's charges. */
  readonly isPriced?: ((model: VideoModelId) => boolean) | undefined;
  /** Called with each failure of the storage, which is otherwise only tried again. Default: nothing. */
  readonly onFailed?: ((cause: unknown) => void) | undefined;
}

const FIRST_OF_PICKER: VideoModelId = "vid-veo-3.1";

/** A store of settings. Uses the storage from the first `subscribe`, `load` or change on. */
export function createVideoSettings(options: VideoSettingsOptions = {}): VideoSettingsStore {
  const { storage = createMemoryStorage(), user, defaultModel, isPriced = hasBaseCredits, onFailed } = options;
  const fallback = isOffered(defaultModel) ? defaultModel : FIRST_OF_PICKER;
  const first: SettingsState = { isLoaded: false, isRead: false, view: NO_SETTINGS, unsaved: NO_SETTINGS };
  const initial = snapshotOf(first, fallback);
  let state: SettingsState = { ...first, isLoaded: options.storage === undefined };
  const snapshot = createObservable(snapshotOf(state, fallback));

  const setState = (next: SettingsState): void => {
    state = next;
    const picture = snapshotOf(next, fallback);
    // Comparable as texts: small, plain, and with their members always in the same order.
    if (JSON.stringify(picture) !== JSON.stringify(snapshot.get())) snapshot.set(picture);
  };
  const sync = createSettingsSync({
    place: settingsPlaceOf({ storage, user, onFailed }),
    fallback,
    isPriced,
    getState: () => state,
    setState,
  });
  const change = (next: SettingsState): void => {
    setState(next);
    sync.save();
  };

  return {
    getSnapshot: snapshot.get,
    getInitialSnapshot: () => initial,
    subscribe(listener) {
      const stop = snapshot.subscribe(listener);
      sync.loadOnce();
      return stop;
    },
    load: sync.load,
    forget: sync.forget,
    select(model) {
      change(selected(state, currentModelOf(model), fallback));
    },
    update(settings) {
      const { isRead, view } = state;
      const chosen = new Map([[view.model ?? SHOWN_MODEL, settings]]);
      // A form whose storage has not answered yet stays with the model that it shows.
      change(edited(state, { model: isRead ? undefined : view.model, chosen }));
    },
  };
}

function hasBaseCredits(model: VideoModelId): boolean {
  return getVideoModel(model).baseCredits !== undefined;
}

function snapshotOf({ isLoaded, view }: SettingsState, fallback: VideoModelId): VideoSettingsSnapshot {
  const model = isVideoModelId(view.model) ? view.model : fallback;
  const chosen = readChosen(view.chosen.get(view.model ?? SHOWN_MODEL));
  return { isLoaded, model, chosen, settings: fitSettings(model, chosen) };
}
