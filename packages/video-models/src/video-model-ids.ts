// The ids as named constants, for code that prefers them to texts.
import type { VideoModelId } from "./registry.ts";

/** Every model id by its constant name: `VIDEO_MODEL_IDS.VEO_3_1` is `"vid-veo-3.1"`. */
export const VIDEO_MODEL_IDS = {
  VEO_3_1: "vid-veo-3.1",
  VEO_3_1_FAST: "vid-veo-3.1-fast",
  VEO_3_1_TRANSITION: "veo3.1-transition",
  VEO_3_1_FAST_TRANSITION: "veo3.1-fast-transition",
  KLING_2_6_PRO: "vid-kling-2.6-pro",
  KLING_2_5_PRO: "vid-kling-2.5-pro",
  KLING_2_5_TURBO_TRANSITION: "kling-2.5-turbo-transition",
  KLING_O1: "kling-o1",
  KLING_O1_TRANSITION: "kling-o1-transition",
  SORA_2: "kie-sora-2",
  OVI: "vid-ovi",
  WAN_2_5: "kie-wan-2.5",
  HAILUO_2_3_PRO: "vid-hailuo-2.3-pro",
  HAILUO_2_3: "vid-hailuo-2.3",
  KANDINSKY_5: "vid-kandinsky-5",
  SEEDANCE_LITE: "vid-seedance-lite",
  SEEDANCE_PRO: "vid-seedance-pro",
  SEEDANCE_PRO_TRANSITION: "seedance-pro-transition",
  SEEDANCE_1_5_PRO: "kie-seedance-1.5-pro",
  SEEDANCE_1_5_PRO_TRANSITION: "kie-seedance-1.5-pro-transition",
  PIXVERSE_V5: "pixverse-v5",
  PIXVERSE_V5_TRANSITION: "pixverse-v5-transition",
  LUCY_LITE: "vid-lucy-lite",
  LUCY_PRO: "vid-lucy-pro",
} as const satisfies Record<string, VideoModelId>;
