// Lightricks' LTX 2.3, as data. Lists and prices are fal's of 2026-08; sound costs nothing extra.
import type { VideoModel } from "../model.ts";
import { COMMON, SOUND_ON, TEXT_OR_FRAMES } from "./common.ts";

/** The LTX models. */
export const ltx = () => {
  const ratios = { aspectRatios: ["auto", "16:9", "9:16"] } as const;
  const shared = {
    ...COMMON,
    ...SOUND_ON,
    ...TEXT_OR_FRAMES,
    company: "Lightricks",
    logo: "lightricks",
    aspectRatios: ["16:9", "9:16"],
    inMode: { "image-to-video": ratios, "first-last-frame": ratios },
    resolutions: ["1080p", "1440p", "4K"],
    expectedMs: { p50: 60_000, p95: 180_000 },
  } as const;
  const ofImage = { perSecond: { "1080p": 0.06, "1440p": 0.12, "4K": 0.24 } } as const;
  const inMode = { "image-to-video": ofImage, "first-last-frame": ofImage } as const;
  return {
    "vid-ltx-2.3": {
      ...shared,
      durations: [6, 8, 10],
      cost: { perSecond: { "1080p": 0.08, "1440p": 0.16, "4K": 0.32 }, inMode },
      label: "LTX 2.3",
      description: "Sharp clips up to 4K, with sound.",
    },
    "vid-ltx-2.3-fast": {
      ...shared,
      durations: [6, 8, 10, 12, 14, 16, 18, 20],
      cost: { perSecond: { "1080p": 0.04, "1440p": 0.08, "4K": 0.16 }, inMode },
      label: "LTX 2.3 Fast",
      description: "Long clips up to 4K, with sound, soon done.",
    },
  } as const satisfies Record<string, VideoModel>;
};
