// What the provider charges for a video, from the published rates of its model. Knows no credits.
import type {
  ModelCost,
  SecondRate,
  VideoDuration,
  VideoMode,
  VideoModel,
  VideoRate,
  VideoResolution,
} from "./model.ts";

/** The video that is charged for. */
export interface ChargedVideo {
  readonly mode: VideoMode;
  readonly duration?: VideoDuration | undefined;
  readonly resolution?: string | undefined;
  readonly hasAudio?: boolean | undefined;
  readonly hasReferenceVideos?: boolean | undefined;
}

/** US dollars, or undefined where no price is published. A length that is not known before is charged as the longest there can be. */
export function costUsdOf(model: VideoModel, cost: ModelCost, video: ChargedVideo): number | undefined {
  const rate = (video.hasReferenceVideos && cost.withReferenceVideos) || cost.inMode?.[video.mode] || cost;
  if (rate.perVideo !== undefined) return rate.perVideo;
  const perSecond = perSecondOf(rate, video);
  return perSecond === undefined ? undefined : perSecond * secondsOf(model, rate, video.duration);
}

function secondsOf(model: VideoModel, rate: VideoRate, duration: VideoDuration | undefined): number {
  const { maxSeconds = model.nominalSeconds, referenceSeconds = 0 } = rate;
  return referenceSeconds + (duration === "auto" ? longestOf(model) : (duration ?? maxSeconds));
}

/** The longest video of a model, in any of its modes: what a length that the model chooses is priced as. */
export function longestOf({ durations, inMode = {}, durationsAt = {}, nominalSeconds }: VideoModel): number {
  const lists = [
    durations,
    ...Object.values(inMode).map((lists) => lists.durations ?? []),
    ...Object.values(durationsAt),
  ];
  const seconds = lists.flat().filter((length) => length !== "auto");
  return seconds.length === 0 ? nominalSeconds : Math.max(...seconds);
}

function perSecondOf({ perSecond, perThousandTokens }: VideoRate, { resolution, hasAudio }: ChargedVideo) {
  const rate = isByResolution(perSecond)
    ? Object.entries(perSecond).find(([name]) => name === resolution)?.[1]
    : perSecond;
  const published = typeof rate === "object" ? (hasAudio ? rate.sound : rate.silent) : rate;
  if (published !== undefined) return published;
  const pixels = PIXELS.get(resolution);
  return perThousandTokens && pixels && (perThousandTokens / 1000) * ((pixels * 24) / 1024);
}

/** Of a frame of 16:9, as ByteDance renders it. Other shapes have as many within a few hundredths. */
const PIXELS: ReadonlyMap<string | undefined, number> = /* @__PURE__ */ new Map([
  ["480p", 864 * 496],
  ["720p", 1280 * 720],
  ["1080p", 1920 * 1088],
  ["4K", 3840 * 2160],
]);

function isByResolution(rate: VideoRate["perSecond"]): rate is Partial<Record<VideoResolution, SecondRate>> {
  return typeof rate === "object" && !("silent" in rate) && !("sound" in rate);
}
