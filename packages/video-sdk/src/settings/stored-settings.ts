// Reads and overwrites one user's settings in a storage. Knows no settings store; a failing storage is a result, not an exception.
import type { KeyValueStorage } from "../ports.ts";
import { readLegacySettings } from "./legacy-settings.ts";
import { decodeSettings, encodeSettings, type DecodedSettings, type SettingsRecord } from "./settings-record.ts";

/** Where one user's settings are stored. */
export interface SettingsPlace {
  readonly storage: KeyValueStorage;
  readonly key: string;
}

/** What was found. `locked` also stands for a failing storage: nothing may be written then. */
export type StoredSettings = DecodedSettings | { readonly kind: "legacy"; readonly record: SettingsRecord };

/** The place of a user's settings; without a user, of the settings that all users share. */
export function settingsPlaceOf(storage: KeyValueStorage, user: string | undefined): SettingsPlace {
  const whose = user === undefined ? "" : `${encodeURIComponent(user)}:`;
  return { storage, key: `video-engine:1:${whose}settings` };
}

/**
 * Reads what is stored. Where nothing is and a `legacyModel` is given, reads the app's old keys, which are that model's where they name
 * none. Never throws.
 */
export async function readStored({ storage, key }: SettingsPlace, legacyModel?: string): Promise<StoredSettings> {
  try {
    const text = await storage.getItem(key);
    if (typeof text === "string") return decodeSettings(text);
    const record = legacyModel === undefined ? undefined : await readLegacySettings(storage, legacyModel);
    return record === undefined ? { kind: "nothing" } : { kind: "legacy", record };
  } catch {
    return { kind: "locked" };
  }
}

/**
 * Reads what is stored and writes what `change` makes of it. Returns false where it was not written. With a synchronous storage nothing is
 * awaited in between, so another tab cannot write in between; with an asynchronous one the later of two such writes stays.
 */
export async function writeOver(
  { storage, key }: SettingsPlace,
  change: (stored: SettingsRecord | undefined) => SettingsRecord,
): Promise<boolean> {
  try {
    const answer = storage.getItem(key);
    const text = typeof answer === "object" && answer !== null ? await answer : answer;
    const stored = typeof text === "string" ? decodeSettings(text) : undefined;
    if (stored?.kind === "locked") return false;
    await storage.setItem(key, encodeSettings(change(stored?.kind === "record" ? stored.record : undefined)));
    return true;
  } catch {
    return false;
  }
}
