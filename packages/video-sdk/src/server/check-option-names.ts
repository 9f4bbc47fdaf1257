// Whether all options of the routes have names that are known: a guard under a misspelt name is none, and nothing else would say so.
import { VideoError } from "../errors.ts";
import type { RateLimitOptions } from "./limits/limit-rate.ts";
import type { VideoStores } from "./stores/video-stores.ts";
import type { VideoWaitLimits } from "./wait-limits.ts";
import type { VideoWebhooks } from "./webhooks/video-webhooks.ts";

type Names<Options> = Readonly<Record<keyof Options, true>>;

const OPTIONS = {
  authenticate: true,
  providers: true,
  signingSecret: true,
  requestIdLifetimeMs: true,
  routing: true,
  stores: true,
  rateLimits: true,
  idempotency: true,
  verifyReservation: true,
  requireIdempotencyKey: true,
  pricing: true,
  lifecycles: true,
  cronSecret: true,
  longestWaitSeconds: true,
  heldQuestionsPerUser: true,
  closing: true,
  uploads: true,
  firstFrames: true,
  rehost: true,
  webhooks: true,
  waitLimits: true,
  onEvent: true,
  checks: true,
  clock: true,
};

interface Groups {
  readonly rateLimits: RateLimitOptions;
  readonly stores: VideoStores;
  readonly waitLimits: VideoWaitLimits;
  readonly webhooks: VideoWebhooks;
}

const GROUPS: { readonly [Name in keyof Groups]: Names<Groups[Name]> } = {
  rateLimits: { submit: true, status: true, cancel: true, upload: true, limiter: true },
  stores: { idempotency: true, limiter: true, webhookMemory: true },
  waitLimits: { bodyMs: true, checkMs: true, storeMs: true, workMs: true },
  webhooks: { url: true, onJobEnded: true, isOurJob: true, memory: true },
};

/** Options that this file knows all of: one that is not in the list above does not compile. */
type Known<Options> = Options & { readonly [Name in Exclude<keyof Options, keyof typeof OPTIONS>]: never };

/** Throws `not-configured` for options that are missing or that there are none of, all at once. For callers without types, and for objects that are spread. */
export function checkOptionNames<Options extends object>(options: Known<Options>): void {
  const given: Readonly<Record<string, unknown>> = Object(options);
  const { authenticate, providers } = given;
  const problems = [
    ...(typeof authenticate === "function"
      ? []
      : ["`authenticate` is no function. Pass (request) => { userId } or null."]),
    ...(Array.isArray(providers) ? [] : ["`providers` is no list. Pass [falProvider({ credentials }), ...]."]),
    ...unknownIn("", given, OPTIONS),
    ...Object.entries(GROUPS).flatMap(([group, names]) => unknownIn(`${group}.`, given[group], names)),
  ];
  if (problems.length === 0) return;
  const message = `createVideoRoutes: ${problems.join(" ")}`;
  throw new VideoError("not-configured", { message, details: { problems } });
}

function unknownIn(prefix: string, given: unknown, names: object): readonly string[] {
  const unknown = Object.keys(Object(given)).filter((name) => !Object.hasOwn(names, name));
  return unknown.map((name) => `\`${prefix}${name}\` is no option. There are: ${Object.keys(names).join(", ")}.`);
}
