// Reads a key or a secret of a provider when it is needed, with the one error for a missing one. Knows no provider.
import type { VideoProviderId } from "@video-engine/video-models";
import { VideoError } from "../../errors.ts";
import { settingOf, type Setting } from "../secret-option.ts";
import { checkKey, type SettingRule } from "../settings/check-setting.ts";
import type { SettingFinding } from "../settings/setting-finding.ts";

/** What to call a setting in an error. */
export interface ProviderSettingName {
  readonly provider: VideoProviderId;
  /** The environment variable that apps usually read it from. */
  readonly setting: string;
  /** The option of the provider that takes it. */
  readonly option: string;
}

/**
 * The value of a setting. Throws `not-configured`, naming it, when it is missing, empty, or has a character that cannot be sent: a header with it
 * would throw during the call, and leave open whether a job was paid for.
 */
export function readProviderSetting(given: Setting, { provider, setting, option }: ProviderSettingName): string {
  const value = settingOf(given);
  const unusable = (message: string): VideoError =>
    new VideoError("not-configured", { message, details: { provider, setting } });
  if (value === undefined) {
    throw unusable(`${setting} is not set. Set it on the server, or pass \`${option}\` to ${provider}Provider().`);
  }
  if (/[^\x20-\x7e]/.test(value.trim())) {
    throw unusable(
      `${setting} has a character that cannot be sent, such as a typographic quote. Copy it again from ${provider}.`,
    );
  }
  return value;
}

/** What is wrong with a provider's key. Without one its jobs go to another provider, which may be meant so. */
export function checkProviderKey(
  given: Setting,
  name: ProviderSettingName,
  fault?: SettingRule["fault"],
): readonly SettingFinding[] {
  const fix = `Set it, or leave ${name.provider}Provider() out: its jobs go to the next provider, or are refused`;
  return checkKey(given, { ...ruleOf(name), missing: { what: "is not set", fix, level: "doubtful" }, fault });
}

/** What is wrong with a setting of a provider that may be missing. */
export function checkProviderSetting(
  given: Setting,
  name: ProviderSettingName,
  fault?: SettingRule["fault"],
): readonly SettingFinding[] {
  return checkKey(given, { ...ruleOf(name), fault });
}

function ruleOf({ provider, setting, option }: ProviderSettingName): SettingRule {
  return { option: `${provider}Provider.${option}`, setting };
}
