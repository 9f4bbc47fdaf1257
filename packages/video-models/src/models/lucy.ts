// Decart's Lucy, as data. One image, 720p, about 5 s: only the shape can be chosen.
import type { VideoModel } from "../model.ts";
import { COMMON } from "./common.ts";

const lucyCommon = () =>
  ({
    ...COMMON,
    company: "Decart",
    logo: "decart",
    isNew: false,
    inputs: [{ kind: "image" }],
    aspectRatios: ["16:9", "9:16"],
    durations: [],
  }) as const;

/** The Lucy models. */
export const lucy = () =>
  ({
    "vid-lucy-lite": {
      ...lucyCommon(),
      label: "Lucy Lite",
      description: "Brings an image to life in seconds.",
      baseCredits: 16,
      // "Under 5 seconds" by the vendor.
      expectedMs: { p50: 6_000, p95: 30_000 },
    },
    "vid-lucy-pro": {
      ...lucyCommon(),
      label: "Lucy Pro",
      description: "Brings an image to life in detail.",
      baseCredits: 32,
      // 6-10 s by a blog.
      expectedMs: { p50: 10_000, p95: 40_000 },
    },
  }) as const satisfies Record<string, VideoModel>;
