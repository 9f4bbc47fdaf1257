// Synchronises a settings store with its storage. The last read wins; writes run one at a time. No timers: a failed write is repeated with
// the next edit or load.
import type { VideoModelId } from "@video-engine/video-models";
import { settled, takenIn, toStore, withoutUnsaved, withUnsaved, type SettingsState } from "./settings-state.ts";
import { readStored, writeOver, type SettingsPlace } from "./stored-settings.ts";

/** What is synchronised. */
export interface SettingsSyncOptions {
  readonly place: SettingsPlace;
  readonly fallback: VideoModelId;
  isPriced(model: VideoModelId): boolean;
  getState(): SettingsState;
  setState(state: SettingsState): void;
}

/** Synchronises a store with its storage. Neither throws nor rejects. */
export interface SettingsSync {
  /** Reads what is stored. */
  load(): Promise<void>;
  /** Loads, unless that was done or is running. */
  loadOnce(): void;
  /** Stores the edits soon. Loads first where that was not done. */
  save(): void;
}

/** Does nothing until one of its methods is called. */
export function createSettingsSync({
  place,
  fallback,
  isPriced,
  getState,
  setState,
}: SettingsSyncOptions): SettingsSync {
  let loads = 0;
  let hasRead = false;
  let loading: Promise<void> | undefined;
  let saving: Promise<void> | undefined;

  const writeUnsaved = async (): Promise<void> => {
    while (hasUnsaved(getState())) {
      const before = getState();
      setState(withoutUnsaved(before));
      if (await writeOver(place, (stored) => toStore(stored, before))) continue;
      const hasNewer = hasUnsaved(getState());
      setState(withUnsaved(getState(), before.unsaved));
      if (!hasNewer) break;
    }
    saving = undefined;
  };

  // Not during a read: its answer could be older than the write, and would undo the edit on the screen.
  const save = (): void => {
    if (!hasRead) loadOnce();
    else if (loading === undefined) saving ??= Promise.resolve().then(writeUnsaved);
  };

  const read = async (turn: number): Promise<void> => {
    await saving;
    const stored = await readStored(place, hasRead ? undefined : fallback);
    if (turn !== loads) return loading;
    loading = undefined;
    hasRead ||= stored.kind !== "locked";
    const settledRecord = "record" in stored ? settled(stored.record, fallback, isPriced) : undefined;
    setState(takenIn(getState(), settledRecord, fallback));
    // The old keys are stored as the earliest edit, and not read again after that.
    if (stored.kind === "legacy") setState(withUnsaved(getState(), settled(stored.record, fallback, isPriced)));
    if (hasRead) save();
  };

  const load = (): Promise<void> => (loading = read(++loads));

  const loadOnce = (): void => {
    if (!hasRead && loading === undefined) void load();
  };

  return { load, loadOnce, save };
}

function hasUnsaved({ unsaved }: SettingsState): boolean {
  return unsaved.model !== undefined || unsaved.chosen.size > 0;
}
