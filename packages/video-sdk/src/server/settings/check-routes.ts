// Says before the first user what cannot be used of an app's settings. Sends nothing; a part's own check may look whether it can be reached.
import type { VideoProvider } from "../providers/provider.ts";
import type { SecretOption } from "../secret-option.ts";
import type { WaitFor } from "../wait-limits.ts";
import { checkSecrets, checkUrl } from "./check-setting.ts";
import { findingOf, type Checkable, type SettingFinding } from "./setting-finding.ts";

/** What is wrong with the settings of the routes. */
export interface SettingsReport {
  /** Whether nothing is `unusable`. */
  readonly isUsable: boolean;
  /** The unusable ones first. */
  readonly findings: readonly SettingFinding[];
}

/** The options of the routes that are settings, or may have some. */
export interface CheckedOptions {
  readonly providers: readonly VideoProvider[];
  readonly signingSecret: SecretOption;
  readonly cronSecret?: SecretOption;
  readonly webhooks?: { readonly url?: string | undefined; readonly memory?: object | undefined } | undefined;
  readonly uploads?: { readonly storage: object } | undefined;
  readonly rehost?: object | undefined;
  readonly idempotency?: object | undefined;
  readonly rateLimits?: { readonly limiter?: object | undefined } | undefined;
  readonly checks?: readonly NonNullable<Checkable["check"]>[] | undefined;
}

/** Checks every setting, each time it is called. Never rejects. */
export async function checkRoutes(options: CheckedOptions, waitFor: WaitFor): Promise<SettingsReport> {
  const parts = await Promise.all(partsOf(options).map(async (part) => await checkPart(part, waitFor)));
  const all = [...ownFindings(options), ...parts.flat()];
  const findings = all.toSorted((one, other) => rank(one) - rank(other));
  return { isUsable: findings.every(({ level }) => level !== "unusable"), findings };
}

function rank({ level }: SettingFinding): number {
  return level === "unusable" ? 0 : 1;
}

function ownFindings({ signingSecret, cronSecret, webhooks, providers }: CheckedOptions): readonly SettingFinding[] {
  const need = { what: "is missing", fix: "Set at least 32 random characters, such as of openssl rand -base64 32" };
  return [
    ...checkSecrets(signingSecret, {
      option: "signingSecret",
      setting: "VIDEO_SIGNING_SECRET",
      minLength: 32,
      missing: need,
    }),
    ...checkSecrets(cronSecret, { option: "cronSecret", setting: "CRON_SECRET", minLength: 16 }),
    ...checkUrl(webhooks?.url, { option: "webhooks.url", setting: "VIDEO_WEBHOOK_URL", isCalledFromOutside: true }),
    ...providersFindings(providers),
  ];
}

function providersFindings(providers: CheckedOptions["providers"]): readonly SettingFinding[] {
  const name = { option: "providers" };
  const ids = providers.map(({ id }) => id);
  const twice = ids.find((id, index) => ids.indexOf(id) !== index);
  return [
    ...(ids.length === 0 ? [findingOf(name, { what: "is empty", fix: "Pass one, such as falProvider()" })] : []),
    ...(twice === undefined
      ? []
      : [
          findingOf(name, {
            what: `has ${twice} twice`,
            fix: "Leave one out: the second is never asked",
            level: "doubtful",
          }),
        ]),
  ];
}

interface Part {
  /** What it is called in a finding. */
  readonly name: string;
  readonly check: NonNullable<Checkable["check"]>;
}

function partsOf({
  providers,
  uploads,
  rehost,
  idempotency,
  rateLimits,
  webhooks,
  checks = [],
}: CheckedOptions): readonly Part[] {
  const named: readonly (readonly [string, unknown])[] = [
    ["uploads.storage", uploads?.storage],
    ["rehost", rehost],
    ["idempotency", idempotency],
    ["rateLimits.limiter", rateLimits?.limiter],
    ["webhooks.memory", webhooks?.memory],
  ];
  const own = checks.map((check, index) => ({ name: `checks[${index}]`, check }));
  const parts = named.flatMap(([name, part]) => (isCheckable(part) ? [{ name, check: part.check }] : []));
  return [{ name: "providers", check: async () => await checkProviders(providers) }, ...parts, ...own];
}

async function checkProviders(providers: CheckedOptions["providers"]): Promise<readonly SettingFinding[]> {
  const found = await Promise.all(providers.map(async ({ check }) => (await check?.()) ?? []));
  const isLeft = providers.length === 0 || found.some((findings) => !findings.some(({ option }) => KEY.test(option)));
  const none = { what: "has none whose key can be used", fix: "Set the key of one: until then every job is refused" };
  return [...found.flat(), ...(isLeft ? [] : [findingOf({ option: "providers" }, none)])];
}

const KEY = /\.(?:credentials|apiKey)$/;

function isCheckable(part: unknown): part is { readonly check: Part["check"] } {
  return (
    (typeof part === "object" || typeof part === "function") &&
    part !== null &&
    "check" in part &&
    typeof part.check === "function"
  );
}

async function checkPart({ name, check }: Part, waitFor: WaitFor): Promise<readonly SettingFinding[]> {
  try {
    return await waitFor("check", check);
  } catch {
    return [
      findingOf(
        { option: name },
        { what: "cannot be checked: it threw, or did not answer in time", fix: "See whether it can be reached" },
      ),
    ];
  }
}
