// The environment of `generate`, `resume` and `serve`. What cannot be used is refused by name before anything is started.
import { UsageError } from "./usage-error.ts";

/** The settings, each undefined where it is not set. An empty one is none. */
export interface Settings {
  readonly convexUrl: string | undefined;
  readonly convexToken: string | undefined;
  readonly routesUrl: string | undefined;
  readonly doRoutesHonourKeys: boolean;
  readonly falKey: string | undefined;
  readonly kieKey: string | undefined;
  readonly providersUrl: string | undefined;
  readonly signingSecret: string | undefined;
  /** How long the sandbox takes for a job, milliseconds. */
  readonly sandboxJobMs: number | undefined;
}

const LEAST_SECRET_LENGTH = 32;
/** A day. A timer of more than 24 days would end at once. */
const MOST_JOB_MS = 86_400_000;

/** Reads the settings. Throws {@link UsageError} for one that cannot be used, or that another one would be needed for. */
export function readSettings(env: NodeJS.ProcessEnv): Settings {
  const read = (name: string): string | undefined => clean(name, env[name]);
  const settings: Settings = {
    convexUrl: url("CONVEX_URL", read("CONVEX_URL")),
    convexToken: read("CONVEX_TOKEN"),
    routesUrl: url("ROUTES_URL", read("ROUTES_URL")),
    doRoutesHonourKeys: oneOrZero("ROUTES_HONOUR_KEYS", read("ROUTES_HONOUR_KEYS")),
    falKey: read("FAL_KEY"),
    kieKey: read("KIE_API_KEY"),
    providersUrl: url("PROVIDERS_URL", read("PROVIDERS_URL")),
    signingSecret: longEnough("VIDEO_SIGNING_SECRET", read("VIDEO_SIGNING_SECRET")),
    sandboxJobMs: milliseconds("SANDBOX_JOB_MS", read("SANDBOX_JOB_MS")),
  };
  for (const [name, isSet, needed, has] of needs(settings)) {
    if (isSet && !has) throw new UsageError(`${name} is set, and ${needed} is not. Set both, or neither.`);
  }
  return settings;
}

function needs({ convexUrl, convexToken, routesUrl, ...settings }: Settings) {
  const [hasUrl, hasToken, hasRoutes] = [convexUrl, convexToken, routesUrl].map((value) => value !== undefined);
  const hasKey = settings.falKey !== undefined || settings.kieKey !== undefined;
  return [
    ["CONVEX_URL", hasUrl, "CONVEX_TOKEN, which says whose credits are used,", hasToken],
    ["CONVEX_TOKEN", hasToken, "CONVEX_URL", hasUrl],
    ["ROUTES_URL", hasRoutes, "CONVEX_URL", hasUrl],
    ["PROVIDERS_URL", settings.providersUrl !== undefined, "a provider's key (FAL_KEY or KIE_API_KEY)", hasKey],
  ] as const;
}

function clean(name: string, value = ""): string | undefined {
  if (value === "") return undefined;
  if (value === value.trim() && !/^["'‘’“”]|["'‘’“”]$/.test(value)) return value;
  throw new UsageError(`${name} has spaces or quotes around it: they are part of the value. Take them away.`);
}

function url(name: string, value: string | undefined): string | undefined {
  if (value === undefined) return undefined;
  if (/^https?:\/\/[^\s/]/.test(value) && URL.canParse(value)) return value.replace(/\/+$/, "");
  throw new UsageError(`${name} is "${value}", which is no address. Set it to one, such as https://app.example.`);
}

function oneOrZero(name: string, value: string | undefined): boolean {
  if (value === undefined || value === "0" || value === "1") return value === "1";
  throw new UsageError(
    `${name} is "${value}". Set it to 1 where your routes answer a repeated key with the first job.`,
  );
}

function longEnough(name: string, value: string | undefined): string | undefined {
  if (value === undefined || value.length >= LEAST_SECRET_LENGTH) return value;
  throw new UsageError(`${name} has ${value.length} characters. Set it to at least ${LEAST_SECRET_LENGTH}.`);
}

function milliseconds(name: string, value: string | undefined): number | undefined {
  if (value === undefined) return undefined;
  if (/^\d{1,8}$/.test(value) && Number(value) <= MOST_JOB_MS) return Number(value);
  throw new UsageError(`${name} is "${value}". Set it to whole milliseconds, 0 to ${MOST_JOB_MS}.`);
}
