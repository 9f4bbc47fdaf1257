// Reads a key or a secret of a provider when it is needed, with the one error for a missing one. Knows no provider.
import type { VideoProviderId } from "@video-engine/video-models";
import { VideoError } from "../../errors.ts";
import { settingOf, type Setting } from "../secret-option.ts";

/** What to call a setting in an error. */
export interface ProviderSettingName {
  readonly provider: VideoProviderId;
  /** The environment variable that apps usually read it from. */
  readonly setting: string;
  /** The option of the provider that takes it. */
  readonly option: string;
}

/** The value of a setting. Throws `not-configured`, naming it, when it is missing or empty. */
export function readProviderSetting(given: Setting, { provider, setting, option }: ProviderSettingName): string {
  const value = settingOf(given);
  if (value !== undefined) return value;
  throw new VideoError("not-configured", {
    message: `${setting} is not set. Set it on the server, or pass \`${option}\` to ${provider}Provider().`,
    details: { provider, setting },
  });
}
