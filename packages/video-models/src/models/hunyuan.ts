// Tencent's Hunyuan 1.5, as data. fal renders 121 frames, five seconds, in 480p.
import type { VideoModel } from "../model.ts";
import { COMMON } from "./common.ts";

/** The Hunyuan models. */
export const hunyuan = () =>
  ({
    "vid-hunyuan-1.5": {
      ...COMMON,
      label: "Hunyuan 1.5",
      description: "Quick silent drafts from text.",
      company: "Tencent",
      logo: "tencent",
      inputs: [{ kind: "none" }],
      aspectRatios: ["16:9", "9:16"],
      durations: [],
      cost: { perSecond: 0.075 },
      // "1-4 min" for models like it.
      expectedMs: { p50: 120_000, p95: 480_000 },
    },
  }) as const satisfies Record<string, VideoModel>;
