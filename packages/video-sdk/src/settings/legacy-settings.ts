// The settings as older versions of the app stored them: six keys for all models together. Only read, so that a rollback finds them.
import type { KeyValueStorage } from "../platform-ports.ts";
import { readChosen } from "./chosen-settings.ts";
import type { SettingsRecord } from "./settings-record.ts";

/**
 * The settings under the old keys, for the model that they name, else for `model`. Undefined when none of the keys can be read. Throws what
 * the storage throws.
 */
export async function readLegacySettings(storage: KeyValueStorage, model: string): Promise<SettingsRecord | undefined> {
  const read = async (key: string): Promise<string> => plain(await storage.getItem(key));
  const [named, aspectRatio, duration, resolution, audio, fastMode] = await Promise.all([
    read("@video_gen_model_id"),
    read("@video_gen_aspect_ratio"),
    read("@video_gen_duration"),
    read("@video_gen_resolution"),
    read("@video_gen_audio"),
    read("@video_gen_fast_mode"),
  ]);
  const chosen = readChosen({
    aspectRatio,
    duration: Number(duration),
    resolution,
    generateAudio: toFlag(audio),
    fastMode: toFlag(fastMode),
  });
  if (named === "" && Object.keys(chosen).length === 0) return undefined;
  return { model: named || undefined, chosen: new Map([[named || model, chosen]]) };
}

/** The text, whether it was stored plainly or by JSON.stringify. Empty where there is none. */
function plain(text: unknown): string {
  if (typeof text !== "string") return "";
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "string" ? value : text;
  } catch {
    return text;
  }
}

function toFlag(text: string): boolean | undefined {
  return text === "true" || text === "false" ? text === "true" : undefined;
}
