// Settings and secrets that an app configures: where they may come from, and the one error for a missing or a weak secret.
// Does not know what they are for.
import { VideoError } from "../errors.ts";

/** A setting, or a function that returns it, called at each use. */
export type Setting = string | undefined | (() => string | undefined);

/** The value of a setting now. Undefined when it is missing: an environment variable that is not set often arrives empty, or as a space. */
export function settingOf(given: Setting): string | undefined {
  const value = typeof given === "function" ? given() : given;
  return value === undefined || value.trim() === "" ? undefined : value;
}

/** A secret, or several while one replaces another: the first one signs, all are accepted. A function is called at each use. */
export type SecretOption = Secrets | (() => Secrets);

type Secrets = string | readonly string[] | undefined;

/** What to call a secret in an error. */
export interface SecretName {
  /** The option of `createVideoRoutes`. */
  readonly option: string;
  /** The environment variable that apps usually read it from. */
  readonly setting: string;
  /** Least number of characters. */
  readonly minLength: number;
}

/** Secrets that are long enough; the first one signs. */
export type UsableSecrets = readonly [string, ...string[]];

/** Reads a secret. Throws `not-configured`, naming it, when there is none or one of them is too short. */
export function readSecrets(option: SecretOption, name: SecretName): UsableSecrets {
  const [first, ...others] = listOf(option);
  if (first === undefined) throw unusable(name, "is missing");
  if ([first, ...others].some(({ length }) => length < name.minLength)) throw unusable(name, "is too short");
  return [first, ...others];
}

/** Whether there is a secret. */
export function hasSecret(option: SecretOption): boolean {
  return listOf(option).length > 0;
}

function listOf(option: SecretOption): readonly string[] {
  const given = typeof option === "function" ? option() : option;
  const list = typeof given === "string" ? [given] : (given ?? []);
  // An environment variable that is not set often arrives empty, or as a space.
  return list.filter((secret) => secret.trim() !== "");
}

function unusable({ option, setting, minLength }: SecretName, what: string): VideoError {
  return new VideoError("not-configured", {
    message: `${setting} ${what}. Set it on the server to at least ${minLength} random characters, and pass it to createVideoRoutes as ${option}.`,
    details: { setting },
  });
}
