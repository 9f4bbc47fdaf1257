// A value that an app configures. Does not know what for.

/** A setting, or where to get it at each use. */
export type Setting = string | undefined | (() => string | undefined);

/** The value of a setting now. Undefined when it is missing; an environment variable that is not set often arrives as an empty text. */
export function settingOf(given: Setting): string | undefined {
  return (typeof given === "function" ? given() : given) || undefined;
}
