// The settings that were last used with each model, kept from one start of the app to the next. Knows no attachment and no screen.
import { BUILT_IN_MODELS } from "../catalogue/built-in-models.ts";
import type { FittedSettings, VideoModelId, VideoSettings } from "@video-engine/video-models";
import { createObservable, subscribeToAll, type Subscribe } from "../observable.ts";
import { createMemoryStorage } from "../platform/memory-storage.ts";
import type { KeyValueStorage } from "../platform-ports.ts";
import { readChosen, type VideoSettingsChange } from "./chosen-settings.ts";
import { NO_SETTINGS, SHOWN_MODEL } from "./settings-record.ts";
import {
  edited,
  firstOffered,
  selected,
  type SettingsModels,
  type SettingsRules,
  type SettingsState,
} from "./settings-state.ts";
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
  /** The models that there are, which may change while the app runs. Default: those of this release. */
  readonly models?: { getSnapshot(): SettingsModels; readonly subscribe: Subscribe } | undefined;
  /** Settles when the models of the last start are known. What is stored is not read before, because it may be about one of them. Default: at once. */
  readonly whenRead?: (() => Promise<void>) | undefined;
  /** Called with each failure of the storage, which is otherwise only tried again. Default: nothing. */
  readonly onFailed?: ((cause: unknown) => void) | undefined;
}

const FIRST_OF_PICKER: VideoModelId = "vid-veo-3.1";

/** A store of settings. Uses the storage from the first `subscribe`, `load` or change on. */
export function createVideoSettings(options: VideoSettingsOptions = {}): VideoSettingsStore {
  const { storage = createMemoryStorage(), user, models = BUILT_IN, onFailed } = options;
  const { whenRead = () => Promise.resolve() } = options;
  const rules = (): SettingsRules => rulesOf(models.getSnapshot(), options);
  const first: SettingsState = { isLoaded: false, isRead: false, view: NO_SETTINGS, unsaved: NO_SETTINGS };
  const initial = snapshotOf(first, rules());
  let state: SettingsState = { ...first, isLoaded: options.storage === undefined };
  const getSnapshot = createPictures(() => [state, rules()], models);
  const snapshot = createObservable(getSnapshot());
  const setState = (next: SettingsState): void => {
    state = next;
    snapshot.set(getSnapshot());
  };
  const place = settingsPlaceOf({ storage, user, onFailed });
  const sync = createSettingsSync({ place, rules, whenRead, getState: () => state, setState });
  const subscribe = subscribeToAll([snapshot.subscribe, models.subscribe]);
  const change = (next: SettingsState): void => {
    setState(next);
    sync.save();
  };
  return {
    getSnapshot,
    getInitialSnapshot: () => initial,
    subscribe(listener) {
      const stop = subscribe(listener);
      sync.loadOnce();
      return stop;
    },
    load: sync.load,
    forget: sync.forget,
    select(model) {
      change(selected(state, models.getSnapshot().currentModelOf(model), rules().fallback));
    },
    update(settings) {
      const { isRead, view } = state;
      const { model, chosen: before } = getSnapshot();
      // The catalogue may have replaced the model while the form shows it: what was chosen goes along.
      const isReplaced = view.model !== undefined && view.model !== model;
      const chosen = new Map([
        [view.model === undefined ? SHOWN_MODEL : model, { ...(isReplaced && before), ...settings }],
      ]);
      // A form whose storage has not answered yet stays with the model that it shows.
      change(edited(state, { model: isReplaced ? model : isRead ? undefined : view.model, chosen }));
    },
  };
}

function rulesOf(models: SettingsModels, { defaultModel, isPriced }: VideoSettingsOptions): SettingsRules {
  return {
    models,
    fallback: firstOffered(models, [defaultModel, FIRST_OF_PICKER]) ?? FIRST_OF_PICKER,
    isPriced: isPriced ?? ((id) => models.getVideoModel(id).baseCredits !== undefined),
  };
}

const BUILT_IN = { getSnapshot: (): SettingsModels => BUILT_IN_MODELS, subscribe: () => () => undefined };

/** What is shown of the latest state and models: the same object until something in it changes. */
function createPictures(
  latest: () => readonly [SettingsState, SettingsRules],
  models: { getSnapshot(): SettingsModels },
): () => VideoSettingsSnapshot {
  let last: { readonly state: SettingsState; readonly models: SettingsModels; readonly text: string } | undefined;
  let picture: VideoSettingsSnapshot | undefined;
  return () => {
    const [state, rules] = latest();
    if (picture !== undefined && last?.state === state && last.models === models.getSnapshot()) return picture;
    const next = snapshotOf(state, rules);
    // Comparable as texts: small, plain, and with their members always in the same order.
    const text = JSON.stringify(next);
    if (picture === undefined || text !== last?.text) picture = next;
    last = { state, models: rules.models, text };
    return picture;
  };
}

function snapshotOf({ isLoaded, view }: SettingsState, { models, fallback }: SettingsRules): VideoSettingsSnapshot {
  const known = models.isVideoModelId(view.model) ? view.model : fallback;
  const model = models.currentModelOf(known);
  const chosen = readChosen(view.chosen.get(model) ?? view.chosen.get(view.model ?? SHOWN_MODEL));
  return { isLoaded, model, chosen, settings: models.fitSettings(model, chosen) };
}
