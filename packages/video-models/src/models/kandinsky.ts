// Sber's Kandinsky 5, as data. fal renders one fixed size in three shapes.
import type { VideoModel } from "../model.ts";
import { COMMON } from "./common.ts";

/** The Kandinsky models. */
export const kandinsky = () =>
  ({
    "vid-kandinsky-5": {
      ...COMMON,
      label: "Kandinsky 5",
      description: "Painterly clips at the lowest price.",
      company: "Sber",
      logo: "sber",
      inputs: [{ kind: "none" }],
      aspectRatios: ["3:2", "1:1", "2:3"],
      durations: [5, 10],
      baseCredits: 12,
      // Nothing is published.
      expectedMs: { p50: 90_000, p95: 300_000 },
    },
  }) as const satisfies Record<string, VideoModel>;
