// Checks one setting of a kind: a key, a secret, an address.
import { settingOf, type SecretOption, type Setting } from "../secret-option.ts";
import { isVideoError } from "../../errors.ts";
import { findingOf, type Fault, type SettingFinding, type SettingName } from "./setting-finding.ts";
import { isMissing, textFault } from "./text-fault.ts";
import { urlFault, type UrlRule } from "./url-fault.ts";

/** A setting, and what it must be. */
export interface SettingRule extends SettingName {
  /** What to do where it is missing; left out: it may be. */
  readonly missing?: Fault | undefined;
  /** A fault of its form. Asked only where the text has none of its own. */
  readonly fault?: ((value: string) => Fault | undefined) | undefined;
}

/** What is wrong with a key. */
export function checkKey(given: Setting, rule: SettingRule): readonly SettingFinding[] {
  return checkText(given, rule, (value) => textFault(value) ?? rule.fault?.(value));
}

/** What is wrong with an address. */
export function checkUrl(given: Setting, rule: SettingRule & UrlRule): readonly SettingFinding[] {
  return checkText(given, rule, (value) => urlFault(value, rule) ?? rule.fault?.(value));
}

function checkText(
  given: Setting,
  rule: SettingRule,
  faultOf: (value: string) => Fault | undefined,
): readonly SettingFinding[] {
  return guarded(rule, () => {
    const value = settingOf(given);
    const fault = isMissing(value) ? rule.missing : faultOf(value);
    return fault === undefined ? [] : [findingOf(rule, fault)];
  });
}

/** What is wrong with secrets of the app's own: each too short, or hardly random. */
export function checkSecrets(
  option: SecretOption,
  rule: SettingRule & { readonly minLength: number },
): readonly SettingFinding[] {
  return guarded(rule, () => {
    const given = typeof option === "function" ? option() : option;
    const list = typeof given === "string" ? [given] : (given ?? []);
    const present = list.filter((secret) => secret !== "");
    const missing = present.length === 0 && rule.missing !== undefined ? [findingOf(rule, rule.missing)] : [];
    const faults = present.flatMap((secret) => secretFault(secret, rule.minLength) ?? []);
    return [...missing, ...faults.map((fault) => findingOf(rule, fault))];
  });
}

/** Fewer characters that differ are a word that is repeated. */
const LEAST_DISTINCT = 8;

function secretFault(secret: string, minLength: number): Fault | undefined {
  const fix = `Set at least ${minLength} random characters, such as of openssl rand -base64 32`;
  if (secret.trim() === "") return { what: "is made of spaces", fix };
  const text = textFault(secret.replaceAll(/(?<=\S) (?=\S)/g, "-"));
  if (text !== undefined) return text;
  if (secret.length < minLength) return { what: `is too short: it has ${secret.length} characters`, fix };
  const distinct = new Set(secret).size;
  return distinct < LEAST_DISTINCT
    ? { what: `has only ${distinct} different characters`, fix, level: "doubtful" }
    : undefined;
}

/** A function of the app may throw instead of returning its setting. An error of ours says what is missing. */
function guarded(name: SettingName, check: () => readonly SettingFinding[]): readonly SettingFinding[] {
  try {
    return check();
  } catch (thrown) {
    const why = isVideoError(thrown) ? `cannot be read: ${thrown.message}` : "cannot be read: its function throws";
    return [findingOf(name, { what: why.replace(/\.$/, ""), fix: "Mend what it is read from" })];
  }
}
