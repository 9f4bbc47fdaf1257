// Reads and overwrites one user's settings in a storage. Knows no settings store.
import { VideoError } from "../errors.ts";
import type { KeyValueStorage } from "../platform-ports.ts";
import { readLegacySettings } from "./legacy-settings.ts";
import { decodeSettings, encodeSettings, type DecodedSettings, type SettingsRecord } from "./settings-record.ts";

/** Where one user's settings are stored. */
export interface SettingsPlace {
  readonly storage: KeyValueStorage;
  readonly key: string;
  /** Called with what the storage throws. Default: nothing. */
  readonly onFailed?: ((cause: unknown) => void) | undefined;
}

/** What was found. `locked` also stands for a failing storage: nothing may be written then. */
export type StoredSettings = DecodedSettings | { readonly kind: "legacy"; readonly record: SettingsRecord };

/** Whose settings are stored where. */
export interface PlaceOptions extends Omit<SettingsPlace, "key"> {
  readonly user: string | undefined;
}

/** The place of a user's settings; without a user, of the settings that all users share. */
export function settingsPlaceOf({ storage, user, onFailed }: PlaceOptions): SettingsPlace {
  const whose = user === undefined ? "" : `${encodeURIComponent(user)}:`;
  return { storage, onFailed, key: `video-engine:1:${whose}settings` };
}

/**
 * Reads what is stored. Where nothing is and a `legacyModel` is given, reads the app's old keys, which are that model's where they name
 * none. Never throws.
 */
export async function readStored(place: SettingsPlace, legacyModel?: string): Promise<StoredSettings> {
  const { storage, key } = place;
  try {
    const text = await storage.getItem(key);
    if (typeof text === "string") return decodeSettings(text);
    const record = legacyModel === undefined ? undefined : await readLegacySettings(storage, legacyModel);
    return record === undefined ? { kind: "nothing" } : { kind: "legacy", record };
  } catch (cause) {
    tell(place, cause);
    return { kind: "locked" };
  }
}

/** How often a write is tried while other tabs write, too. */
const MAX_TRIES = 8;

/**
 * Reads what is stored and writes what `change` makes of it. Returns false where it was not written. Nothing that another tab writes in
 * between is lost where the storage is synchronous, or can compare and set; with another, the later of two such writes stays.
 */
export async function writeOver(place: SettingsPlace, change: SettingsOver): Promise<boolean> {
  try {
    for (let tries = 0; tries < MAX_TRIES; tries++) {
      const result = await writeOnce(place, change);
      if (result !== "again") return result === "done";
    }
  } catch (cause) {
    // Written another time.
    tell(place, cause);
  }
  return false;
}

/** Makes what is to be stored of what is stored. */
export type SettingsOver = (stored: SettingsRecord | undefined) => SettingsRecord;

async function writeOnce({ storage, key }: SettingsPlace, change: SettingsOver): Promise<"done" | "again" | "locked"> {
  const answer = storage.getItem(key);
  const found = typeof answer === "object" && answer !== null ? await answer : answer;
  const text = typeof found === "string" ? found : null;
  const stored = text === null ? undefined : decodeSettings(text);
  if (stored?.kind === "locked") return "locked";
  const next = encodeSettings(change(stored?.kind === "record" ? stored.record : undefined));
  if (storage.compareAndSet !== undefined) return (await storage.compareAndSet(key, text, next)) ? "done" : "again";
  await storage.setItem(key, next);
  return "done";
}

function tell({ onFailed }: SettingsPlace, cause: unknown): void {
  try {
    onFailed?.(cause);
  } catch {
    // A callback of the app, and the last one to tell.
  }
}

/** Removes what is stored. Rejects with `storage-failed`. */
export async function eraseStored({ storage, key }: SettingsPlace): Promise<void> {
  try {
    await storage.removeItem(key);
  } catch (cause) {
    throw new VideoError("storage-failed", { message: "The settings were not erased. Call forget() again.", cause });
  }
}
