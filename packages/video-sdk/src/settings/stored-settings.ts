// Where the settings of one user are in a storage: how they are read and written over. Knows no store; a storage that fails is told, not thrown.
import type { KeyValueStorage } from "../ports.ts";
import { readLegacySettings } from "./legacy-settings.ts";
import { decodeSettings, encodeSettings, type DecodedSettings, type SettingsRecord } from "./settings-record.ts";

/** Where one user's settings are. */
export interface SettingsPlace {
  readonly storage: KeyValueStorage;
  readonly key: string;
}

/** What was found. `locked` also stands for a storage that fails: nothing may be written then. */
export type StoredSettings = DecodedSettings | { readonly kind: "legacy"; readonly record: SettingsRecord };

/** The place of a user's settings; of everybody's, where no user is named. */
export function settingsPlaceOf(storage: KeyValueStorage, user: string | undefined): SettingsPlace {
  const whose = user === undefined ? "" : `${encodeURIComponent(user)}:`;
  return { storage, key: `video-engine:1:${whose}settings` };
}

/**
 * What is stored. Where nothing ever was and a `legacyModel` is given, what the app's old keys hold; it is that model's when they do not
 * say whose. Never throws.
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
 * Reads what is stored now and writes what `change` makes of it. False: not written. Nothing is waited for between the two where the
 * storage answers at once, so that another tab's write cannot fall between them; elsewhere the later of two such writes stays.
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
