// What is wrong with a setting, in one sentence for the server's owner. Never the value of a secret.

/** Something that is wrong with a setting. */
export interface SettingFinding {
  /** `unusable`: requests that need it fail. `doubtful`: it works, or is not needed, but is hardly meant so. */
  readonly level: "unusable" | "doubtful";
  /** The option that takes it, such as `signingSecret` or `falProvider.credentials`. */
  readonly option: string;
  /** The environment variable that apps usually read it from, where there is one. */
  readonly setting?: string | undefined;
  /** The option, what is wrong with its value, and what to do. A secret is described, never shown. */
  readonly message: string;
}

/** A part of the server that can say what is wrong with its settings. It must not send anything that is paid for. */
export interface Checkable {
  /** Left out: there is nothing to check. */
  readonly check?: (() => readonly SettingFinding[] | Promise<readonly SettingFinding[]>) | undefined;
}

/** What to call a setting. */
export interface SettingName {
  readonly option: string;
  readonly setting?: string | undefined;
}

/** What is wrong, and what to do about it: two sentences without their subject, such as `begins with a space` and `Remove it`. */
export interface Fault {
  readonly what: string;
  readonly fix: string;
  readonly level?: SettingFinding["level"] | undefined;
}

/** The finding for a fault. */
export function findingOf({ option, setting }: SettingName, { what, fix, level = "unusable" }: Fault): SettingFinding {
  const subject = setting === undefined ? option : `${setting} (${option})`;
  return { level, option, setting, message: `${subject} ${what}. ${fix}.` };
}
