// A key or a secret of a provider, read when it is first needed, and the one error for a missing one. Knows no provider.
import type { VideoProviderId } from "@video-engine/video-models";
import { VideoError } from "../../errors.ts";
import { settingOf, type Setting } from "../secret-option.ts";

/** What to call a setting in an error. */
export interface ProviderSettingName {
  readonly provider: VideoProviderId;
  /** The environment variable that an app usually reads it from. */
  readonly setting: string;
  /** The option that takes it. */
  readonly option: string;
}

/** The value of a setting. Throws `not-configured` naming it when it is missing or empty. */
export function readProviderSetting(given: Setting, { provider, setting, option }: ProviderSettingName): string {
  const value = settingOf(given);
  if (value !== undefined) return value;
  throw new VideoError("not-configured", {
    message: `${setting} is not set. Set it on the server, or pass \`${option}\` to ${provider}Provider().`,
    details: { provider, setting },
  });
}
