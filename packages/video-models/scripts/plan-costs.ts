// What fal charges for the models of the plan, in US dollars, as its pages said in 2026-11. Their prices do not follow from it: the rule of the
// product does not ask what a video costs. Not part of the package. kie.ai is cheaper for some, but publishes no list that could be held here.
import type { VideoModelId } from "../src/registry.ts";

/** A video that is charged for. */
export interface PlanVideo {
  readonly mode: string;
  readonly seconds: number;
  readonly resolution: string | undefined;
  readonly hasAudio: boolean;
  readonly fastMode: boolean;
}

type CostOf = (video: PlanVideo) => number | undefined;

const perSecond =
  (silent: number, sound = silent): CostOf =>
  ({ seconds, hasAudio }) =>
    seconds * (hasAudio ? sound : silent);

const byResolution =
  (rates: Readonly<Record<string, number>>): CostOf =>
  ({ seconds, resolution = "" }) => {
    const rate = rates[resolution];
    return rate && rate * seconds;
  };

const PIXELS: Readonly<Record<string, number>> = { "480p": 864 * 496, "720p": 1280 * 720, "1080p": 1920 * 1088 };

/** By tokens: width x height x 24 x seconds / 1024, each million at this price. */
const perMillionTokens =
  (silent: number, sound = silent): CostOf =>
  ({ seconds, resolution = "", hasAudio }) =>
    (((PIXELS[resolution] ?? 0) * 24 * seconds) / 1024 / 1e6) * (hasAudio ? sound : silent);

const hailuo: CostOf = ({ seconds, fastMode }) => (fastMode ? { 6: 0.19, 10: 0.32 } : { 6: 0.28, 10: 0.56 })[seconds];

// Twice as much for 8 s.
const pixverse: CostOf = ({ seconds, resolution = "" }) => {
  const five = { "360p": 0.15, "540p": 0.15, "720p": 0.2, "1080p": 0.4 }[resolution];
  return five && five * (seconds > 5 ? 2 : 1);
};

const veo = perSecond(0.2, 0.4);
const veoFast = perSecond(0.1, 0.15);
const kling25 = perSecond(0.07);
const seedance15 = perMillionTokens(1.2, 2.4);

/** US dollars, or undefined where no price is published. */
export const PLAN_COSTS: Readonly<Partial<Record<VideoModelId, CostOf>>> = {
  "vid-veo-3.1": veo,
  "vid-veo-3.1-fast": veoFast,
  "veo3.1-transition": veo,
  "veo3.1-fast-transition": veoFast,
  "vid-kling-2.6-pro": perSecond(0.07, 0.14),
  "vid-kling-2.5-pro": kling25,
  "kling-2.5-turbo-transition": kling25,
  // Of an edit: the longest that is taken.
  "kling-o1": ({ mode, seconds }) => (mode === "video-to-video-edit" ? 0.168 * 10 : 0.112 * seconds),
  "kling-o1-transition": perSecond(0.112),
  "kie-sora-2": perSecond(0.1),
  "vid-ovi": () => 0.2,
  "kie-wan-2.5": byResolution({ "720p": 0.1, "1080p": 0.15 }),
  "vid-hailuo-2.3-pro": ({ fastMode }) => (fastMode ? 0.33 : 0.49),
  "vid-hailuo-2.3": hailuo,
  "vid-seedance-lite": perMillionTokens(1.8),
  "vid-seedance-pro": perMillionTokens(2.5),
  // It runs on 1.5, silent.
  "seedance-pro-transition": seedance15,
  "kie-seedance-1.5-pro": seedance15,
  "kie-seedance-1.5-pro-transition": seedance15,
  "pixverse-v5": pixverse,
  "pixverse-v5-transition": pixverse,
  "vid-lucy-lite": () => 0.15,
  "vid-lucy-pro": () => 0.4,
};
