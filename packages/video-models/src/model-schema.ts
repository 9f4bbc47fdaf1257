// Whether a value is the data of a model, or a price table. For what comes from outside: nothing after this can throw.
import * as z from "zod/mini";
import { RATIOS, RESOLUTIONS } from "./request-shape.ts";

const text = z.string().check(z.minLength(1), z.maxLength(200));
const count = z.int().check(z.nonnegative());
const amount = z.number().check(z.nonnegative());
const flag = z.boolean();
const seconds = z.exactOptional(amount);
const limit = z.object({ max: count, maxSeconds: seconds });
const durations = z.array(z.union([z.int().check(z.positive()), z.literal("auto")]));
const lists = { aspectRatios: z.array(z.enum(RATIOS)), durations, resolutions: z.array(z.enum(RESOLUTIONS)) };
const provider = z.enum(["fal", "kie", "wavespeed"]);
const toggles = z.array(z.enum(["fast-mode", "remove-watermark", "camera-fixed"]));
const modes = [
  ...(["text-to-video", "image-to-video", "first-last-frame", "keyframes", "reference-to-video"] as const),
  ...(["video-to-video-edit", "extend", "upscale", "lip-sync", "avatar"] as const),
] as const;

const input = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("none") }),
  z.object({ kind: z.literal("image"), endFrame: z.exactOptional(z.literal("optional")) }),
  z.object({ kind: z.literal("frames"), endFrame: z.enum(["required", "optional"]) }),
  z.object({ kind: z.literal("references"), max: count, maxWithVideo: count }),
  z.object({
    kind: z.literal("media"),
    max: count,
    images: limit,
    videos: z.exactOptional(limit),
    audios: z.exactOptional(limit),
  }),
  z.object({ kind: z.literal("keyframes"), min: count, max: count }),
  z.object({ kind: z.literal("video"), maxSeconds: seconds }),
  z.object({ kind: z.literal("audio"), need: z.enum(["optional", "required"]), maxSeconds: seconds }),
]);

const perSecond = z.union([amount, z.strictObject({ silent: seconds, sound: seconds })]);
const rate = {
  perVideo: z.exactOptional(amount),
  perSecond: z.exactOptional(z.union([perSecond, z.partialRecord(z.enum(RESOLUTIONS), perSecond)])),
  perThousandTokens: z.exactOptional(amount),
  maxSeconds: seconds,
  referenceSeconds: seconds,
};
const cost = z.object({
  ...rate,
  inMode: z.exactOptional(z.partialRecord(z.enum(modes), z.object(rate))),
  withReferenceVideos: z.exactOptional(z.object(rate)),
});

const ending = { date: text, replacement: text, note: z.exactOptional(text) };

/** The data of a model. Members that this version does not know are left out. */
export const modelSchema = z.object({
  label: text,
  description: text,
  company: text,
  logo: text,
  isNew: flag,
  providers: z.tuple([provider], provider),
  inputs: z.array(input).check(z.minLength(1)),
  mode: z.exactOptional(z.enum(modes)),
  inMode: z.exactOptional(z.partialRecord(z.enum(modes), z.partial(z.object(lists)))),
  durationsAt: z.exactOptional(z.partialRecord(z.enum(RESOLUTIONS), durations)),
  ...lists,
  audio: z.enum(["none", "optional", "always"]),
  audioOnByDefault: flag,
  toggles,
  togglesWithImage: z.exactOptional(toggles),
  promptLimit: z.object({ min: z.exactOptional(count), max: count, unit: z.enum(["characters", "bytes"]) }),
  baseCredits: z.exactOptional(count),
  cost: z.exactOptional(cost),
  nominalSeconds: amount,
  defaultSeconds: seconds,
  expectedMs: z.object({ p50: amount, p95: amount }),
  lifecycle: z.discriminatedUnion("stage", [
    z.object({ stage: z.literal("available"), note: z.exactOptional(text) }),
    z.object({ stage: z.literal("deprecated"), ...ending }),
    z.object({ stage: z.literal("retired"), ...ending }),
  ]),
});

/** The prices of an app. */
export const pricesSchema = z.object({
  baseCredits: z.record(text, count),
  includedSeconds: amount,
  resolutionFactors: z.partialRecord(z.enum(RESOLUTIONS), amount),
  audioFactor: amount,
  fastModeFactor: amount,
  removeWatermarkFactor: amount,
  creditValueUsd: z.exactOptional(amount),
  margin: z.exactOptional(amount),
  costs: z.exactOptional(z.record(text, cost)),
});
