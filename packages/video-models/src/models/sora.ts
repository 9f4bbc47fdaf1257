// OpenAI's Sora 2, as data. Withdrawn by OpenAI; kept so that stored generations stay readable and priced.
import type { VideoModel } from "../model.ts";
import { COMMON, TEXT_OR_IMAGE } from "./common.ts";

/** The Sora models. */
export const sora = () =>
  ({
    "kie-sora-2": {
      ...COMMON,
      ...TEXT_OR_IMAGE,
      label: "Sora 2",
      description: "Lifelike scenes with sound.",
      company: "OpenAI",
      logo: "openai",
      providers: ["kie", "fal"],
      aspectRatios: ["16:9", "9:16"],
      durations: [10, 15],
      audio: "always",
      toggles: ["remove-watermark"],
      baseCredits: 30,
      // "2-5 min" was published.
      expectedMs: { p50: 180_000, p95: 480_000 },
      lifecycle: {
        stage: "retired",
        date: "2026-09-24",
        replacement: "vid-veo-3.1",
        note: "OpenAI has withdrawn it.",
      },
    },
  }) as const satisfies Record<string, VideoModel>;
