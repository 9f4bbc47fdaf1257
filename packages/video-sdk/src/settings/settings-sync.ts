// Synchronises a settings store with its storage. The last read wins; writes run one at a time. No timers: a failed write is repeated with
// the next edit or load.
import {
  settled,
  takenIn,
  toStore,
  withoutUnsaved,
  withUnsaved,
  type SettingsRules,
  type SettingsState,
} from "./settings-state.ts";
import { NO_SETTINGS } from "./settings-record.ts";
import { eraseStored, readStored, writeOver, type SettingsPlace } from "./stored-settings.ts";

/** What is synchronised. */
export interface SettingsSyncOptions {
  readonly place: SettingsPlace;
  /** The models now. */
  rules(): SettingsRules;
  /** Settles when they are known. */
  whenRead(): Promise<void>;
  getState(): SettingsState;
  setState(state: SettingsState): void;
}

/** Synchronises a store with its storage. Only `forget` rejects. */
export interface SettingsSync {
  /** Reads what is stored. */
  load(): Promise<void>;
  /** Loads, unless that was done or is running. */
  loadOnce(): void;
  /** Stores the edits soon. Loads first where that was not done. */
  save(): void;
  /** Removes what is stored, and all edits. Rejects with `storage-failed`. */
  forget(): Promise<void>;
}

/** Does nothing until one of its methods is called. */
export function createSettingsSync(options: SettingsSyncOptions): SettingsSync {
  const { place, rules, whenRead, getState, setState } = options;
  let loads = 0;
  /** Whether settings of the old keys are still to be stored. They are, where nothing is stored. */
  let isLegacyUnsaved = false;
  /** Counts how often all was forgotten. */
  let era = 0;
  let loading: Promise<void> | undefined;
  let saving: Promise<void> | undefined;

  const writeUnsaved = async (): Promise<void> => {
    while (isLegacyUnsaved || hasUnsaved(getState())) {
      const before = getState();
      const inEra = era;
      setState(withoutUnsaved(before));
      if (await writeOver(place, (stored) => toStore(stored, before, rules()))) {
        isLegacyUnsaved = false;
        continue;
      }
      const hasNewer = hasUnsaved(getState());
      if (inEra === era) setState(withUnsaved(getState(), before.unsaved));
      if (!hasNewer) break;
    }
    saving = undefined;
  };

  // Not during a read: its answer could be older than the write, and would undo the edit on the screen.
  const save = (): void => {
    if (!getState().isRead) loadOnce();
    else if (loading === undefined) saving ??= Promise.resolve().then(writeUnsaved);
  };

  const read = async (turn: number): Promise<void> => {
    await saving;
    await whenRead();
    const stored = await readStored(place, getState().isRead ? undefined : rules().fallback);
    if (turn !== loads) return loading;
    loading = undefined;
    const isRead = getState().isRead || stored.kind !== "locked";
    const record = "record" in stored ? settled(stored.record, rules()) : undefined;
    setState({ ...takenIn(getState(), record, rules()), isRead });
    // The old keys are not read again after that.
    isLegacyUnsaved ||= stored.kind === "legacy";
    if (isRead) save();
  };

  const load = (): Promise<void> => (loading = read(++loads));

  const loadOnce = (): void => {
    if (!getState().isRead && loading === undefined) void load();
  };

  const forget = async (): Promise<void> => {
    [loads, era, isLegacyUnsaved, loading] = [loads + 1, era + 1, false, undefined];
    setState(takenIn({ isLoaded: true, isRead: true, view: NO_SETTINGS, unsaved: NO_SETTINGS }, NO_SETTINGS, rules()));
    await saving;
    await eraseStored(place);
  };

  return { load, loadOnce, save, forget };
}

function hasUnsaved({ unsaved }: SettingsState): boolean {
  return unsaved.model !== undefined || unsaved.chosen.size > 0;
}
