// Whether all options of the routes have names that are known: a guard under a misspelt name is none, and nothing else would say so.
import { VideoError } from "../errors.ts";
import type { VideoRoutesOptions } from "./create-video-routes.ts";

type Group = "rateLimits" | "stores" | "waitLimits" | "webhooks";
type Names<Options> = Readonly<Record<keyof Options, true>>;

const OPTIONS: Names<VideoRoutesOptions> = {
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

const GROUPS: { readonly [Name in Group]: Names<NonNullable<VideoRoutesOptions[Name]>> } = {
  rateLimits: { submit: true, status: true, cancel: true, upload: true, limiter: true },
  stores: { idempotency: true, limiter: true, webhookMemory: true },
  waitLimits: { bodyMs: true, checkMs: true, storeMs: true, workMs: true },
  webhooks: { url: true, onJobEnded: true, isOurJob: true, memory: true },
};

/** Throws `not-configured` for options that are missing or that there are none of, all at once. For callers without types, and for objects that are spread. */
export function checkOptionNames(options: VideoRoutesOptions): void {
  const { authenticate, providers }: Partial<VideoRoutesOptions> = options;
  const problems = [
    ...(typeof authenticate === "function"
      ? []
      : ["`authenticate` is no function. Pass (request) => { userId } or null."]),
    ...(Array.isArray(providers) ? [] : ["`providers` is no list. Pass [falProvider({ credentials }), ...]."]),
    ...unknownIn("", options, OPTIONS),
    ...Object.entries(GROUPS).flatMap(([group, names]) => unknownIn(`${group}.`, options[group as Group], names)),
  ];
  if (problems.length === 0) return;
  const message = `createVideoRoutes: ${problems.join(" ")}`;
  throw new VideoError("not-configured", { message, details: { problems } });
}

function unknownIn(prefix: string, given: object | undefined, names: object): readonly string[] {
  const unknown = Object.keys(given ?? {}).filter((name) => !Object.hasOwn(names, name));
  return unknown.map((name) => `\`${prefix}${name}\` is no option. There are: ${Object.keys(names).join(", ")}.`);
}
