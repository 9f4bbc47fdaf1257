// Whether a value is the data of a model, or a price table. For what comes from outside: nothing after this can throw. The schemas are made on
// demand, because a bundler keeps those of a module's top level even in apps that read no catalogue.
import type { VideoModelLifecycle } from "./model.ts";
import * as z from "./zod-parts.ts";
import { RATIOS, RESOLUTIONS } from "./request-shape.ts";

const MODES = [
  "text-to-video",
  "image-to-video",
  "first-last-frame",
  "keyframes",
  "reference-to-video",
  "video-to-video-edit",
  "extend",
  "upscale",
  "lip-sync",
  "avatar",
] as const;

const text = () => z.string().check(z.minLength(1), z.maxLength(200));
const count = () => z.int().check(z.nonnegative());
/** Dollars, factors, seconds and characters: none of them is near this. */
const amount = () => z.number().check(z.nonnegative(), z.lte(1e9));
const maybe = <T extends z.ZodMiniType>(schema: T) => z.exactOptional(schema);
const list = <T extends z.ZodMiniType>(schema: T) => z.array(schema).check(z.maxLength(200));
/** `auto` is priced as the longest of the others, so it does not stand alone. */
const durations = () =>
  list(z.union([z.int().check(z.positive(), z.lte(86_400)), z.literal("auto")])).check(
    z.refine((given) => given.length === 0 || given.some((seconds) => seconds !== "auto")),
  );
/** From a second to an hour: what a job is waited for follows from it. */
const usualMs = () => z.number().check(z.gte(1_000), z.lte(3_600_000));

/** Whether a text can be the id of a model: a short one, and no name that every object has, such as `constructor`. */
export function isModelId(id: string): boolean {
  return /^[\w.-]{1,100}$/.test(id) && !(id in {});
}

/** The data of a model. Members that this version does not know are left out. */
export function modelSchema() {
  const provider = z.enum(["fal", "kie", "wavespeed", "openrouter"]);
  const toggles = list(z.enum(["fast-mode", "remove-watermark", "camera-fixed"]));
  return z.object({
    label: text(),
    description: text(),
    company: text(),
    logo: text(),
    isNew: z.boolean(),
    providers: z.tuple([provider], provider),
    inputs: list(inputSchema()).check(z.minLength(1)),
    mode: maybe(z.enum(MODES)),
    inMode: maybe(z.partialRecord(z.enum(MODES), z.object(modeSchemas()))),
    durationsAt: maybe(z.partialRecord(z.enum(RESOLUTIONS), durations())),
    ...listSchemas(),
    audio: z.enum(["none", "optional", "always"]),
    audioOnByDefault: z.boolean(),
    toggles,
    togglesWithImage: maybe(toggles),
    promptLimit: z.object({ min: maybe(count()), max: count(), unit: z.enum(["characters", "bytes"]) }),
    baseCredits: maybe(count()),
    cost: maybe(costSchema()),
    nominalSeconds: amount(),
    defaultSeconds: maybe(amount()),
    expectedMs: z.object({ p50: usualMs(), p95: usualMs() }).check(z.refine(({ p50, p95 }) => p50 <= p95)),
    lifecycle: lifecycleSchema(),
  });
}

/** The prices of an app. */
export function pricesSchema() {
  return z.object({
    baseCredits: z.record(text().check(z.refine(isModelId)), count()),
    includedSeconds: amount(),
    resolutionFactors: z.partialRecord(z.enum(RESOLUTIONS), amount()),
    audioFactor: amount(),
    fastModeFactor: amount(),
    removeWatermarkFactor: amount(),
    creditValueUsd: maybe(amount()),
    margin: maybe(amount()),
    costs: maybe(z.record(text().check(z.refine(isModelId)), costSchema())),
  });
}

function listSchemas() {
  return {
    aspectRatios: list(z.enum(RATIOS)),
    durations: durations(),
    resolutions: list(z.enum(RESOLUTIONS)),
  };
}

function modeSchemas() {
  const { aspectRatios, durations, resolutions } = listSchemas();
  return { aspectRatios: maybe(aspectRatios), durations: maybe(durations), resolutions: maybe(resolutions) };
}

function inputSchema() {
  const limit = z.object({ max: count(), maxSeconds: maybe(amount()) });
  const [videos, audios] = [maybe(limit), maybe(limit)];
  return z.discriminatedUnion("kind", [
    z.object({ kind: z.literal("none") }),
    z.object({ kind: z.literal("image"), endFrame: maybe(z.literal("optional")) }),
    z.object({ kind: z.literal("frames"), endFrame: z.enum(["required", "optional"]) }),
    z.object({ kind: z.literal("references"), max: count(), maxWithVideo: count() }),
    z.object({ kind: z.literal("media"), max: count(), images: limit, videos, audios }),
    z.object({ kind: z.literal("keyframes"), min: count(), max: count() }),
    z.object({ kind: z.literal("video"), maxSeconds: maybe(amount()) }),
    z.object({ kind: z.literal("audio"), need: z.enum(["optional", "required"]), maxSeconds: maybe(amount()) }),
  ]);
}

function costSchema() {
  const dollars = () => z.number().check(z.positive(), z.lte(1e6));
  const perSecond = z.union([dollars(), z.strictObject({ silent: maybe(dollars()), sound: maybe(dollars()) })]);
  const rate = {
    perVideo: maybe(dollars()),
    perSecond: maybe(z.union([perSecond, z.partialRecord(z.enum(RESOLUTIONS), perSecond)])),
    perThousandTokens: maybe(dollars()),
    maxSeconds: maybe(amount()),
    referenceSeconds: maybe(amount()),
  };
  return z.object({
    ...rate,
    inMode: maybe(z.partialRecord(z.enum(MODES), z.object(rate))),
    withReferenceVideos: maybe(z.object(rate)),
  });
}

/** The lifecycle in a value of unknown origin; undefined for what is none. Never throws. */
export function videoModelLifecycle(value: unknown): VideoModelLifecycle | undefined {
  return lifecycleSchema().safeParse(value).data;
}

function lifecycleSchema() {
  const ending = { date: text(), replacement: text(), note: maybe(text()) };
  return z.discriminatedUnion("stage", [
    z.object({ stage: z.literal("available"), note: maybe(text()) }),
    z.object({ stage: z.literal("deprecated"), ...ending }),
    z.object({ stage: z.literal("retired"), ...ending }),
  ]);
}
