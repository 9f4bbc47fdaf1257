// Which encoder serves which model on fal. A new model does not compile until it has a row.
import type { VideoModelId } from "../../registry.ts";
import type { ResolvedVideoRequest } from "../../video-request.ts";
import type { Encoder, Job } from "../job.ts";
import { syncLipsync, topazUpscale } from "./finishing.ts";
import { omniFlash, omniFlashReference } from "./gemini.ts";
import { grok, grok15 } from "./grok.ts";
import { hailuoPro, hailuoStandard } from "./hailuo.ts";
import { happyHorse } from "./happy-horse.ts";
import { hunyuan } from "./hunyuan.ts";
import { kandinsky } from "./kandinsky.ts";
import { kling3, kling3Turbo, klingAvatar, klingO3, klingO3Reference } from "./kling-3.ts";
import { klingO1, klingO1Transition } from "./kling-o1.ts";
import { kling25, kling25Transition, kling26 } from "./kling.ts";
import { ltx, ltxFast } from "./ltx.ts";
import { lucyLite, lucyPro } from "./lucy.ts";
import { ray } from "./luma.ts";
import { h3, h3Reference } from "./minimax-h3.ts";
import { ovi } from "./ovi.ts";
import { pixverse, pixverse6, pixverseTransition } from "./pixverse.ts";
import { seedance2, seedance2Fast, seedance2Mini, seedance2Reference } from "./seedance-2.ts";
import { seedance1, seedance15, seedance15Transition } from "./seedance.ts";
import { sora } from "./sora.ts";
import { veoExtend, veoLite, veoReference } from "./veo-newer.ts";
import { veo, veoTransition } from "./veo.ts";
import { vidu } from "./vidu.ts";
import { wan, wan26, wan27 } from "./wan.ts";

/** How a model is called on fal. */
export interface FalModel {
  /** Owner and app: the first part of every endpoint of the model, and all that status, result and cancel use. */
  readonly app: string;
  readonly encode: Encoder;
}

/** Every model on fal. */
export const FAL_MODELS: Readonly<Record<VideoModelId, FalModel>> = {
  "vid-veo-3.1": within("fal-ai/veo3.1", veo("fal-ai/veo3.1")),
  "vid-veo-3.1-fast": within("fal-ai/veo3.1", veo("fal-ai/veo3.1/fast")),
  "veo3.1-transition": within("fal-ai/veo3.1", veoTransition("fal-ai/veo3.1")),
  "veo3.1-fast-transition": within("fal-ai/veo3.1", veoTransition("fal-ai/veo3.1/fast")),
  "vid-kling-2.6-pro": within("fal-ai/kling-video", kling26),
  "vid-kling-2.5-pro": within("fal-ai/kling-video", kling25),
  "kling-2.5-turbo-transition": within("fal-ai/kling-video", kling25Transition),
  "kling-o1": within("fal-ai/kling-video", klingO1),
  "kling-o1-transition": within("fal-ai/kling-video", klingO1Transition),
  "kie-sora-2": within("fal-ai/sora-2", sora),
  "vid-ovi": within("fal-ai/ovi", ovi),
  "kie-wan-2.5": within("fal-ai/wan-25-preview", wan),
  "vid-hailuo-2.3-pro": within("fal-ai/minimax", hailuoPro),
  "vid-hailuo-2.3": within("fal-ai/minimax", hailuoStandard),
  "vid-kandinsky-5": within("fal-ai/kandinsky5", kandinsky),
  "vid-seedance-lite": within("fal-ai/bytedance", seedance1("fal-ai/bytedance/seedance/v1/lite")),
  "vid-seedance-pro": within("fal-ai/bytedance", seedance1("fal-ai/bytedance/seedance/v1/pro")),
  "seedance-pro-transition": within("fal-ai/bytedance", seedance15Transition),
  "kie-seedance-1.5-pro": within("fal-ai/bytedance", seedance15),
  "kie-seedance-1.5-pro-transition": within("fal-ai/bytedance", seedance15Transition),
  "pixverse-v5": within("fal-ai/pixverse", pixverse),
  "pixverse-v5-transition": within("fal-ai/pixverse", pixverseTransition),
  "vid-lucy-lite": within("fal-ai/decart", lucyLite),
  "vid-lucy-pro": within("decart/lucy-14b", lucyPro),
  "vid-veo-3.1-lite": within("fal-ai/veo3.1", veoLite),
  "vid-veo-3.1-reference": within("fal-ai/veo3.1", veoReference),
  "vid-veo-3.1-extend": within("fal-ai/veo3.1", veoExtend),
  "vid-kling-3-pro": within("fal-ai/kling-video", kling3("fal-ai/kling-video/v3/pro")),
  "vid-kling-3-standard": within("fal-ai/kling-video", kling3("fal-ai/kling-video/v3/standard")),
  "vid-kling-3-turbo": within("fal-ai/kling-video", kling3Turbo),
  "vid-kling-o3": within("fal-ai/kling-video", klingO3),
  "vid-kling-o3-reference": within("fal-ai/kling-video", klingO3Reference),
  "vid-kling-avatar-2-pro": within("fal-ai/kling-video", klingAvatar),
  "vid-seedance-pro-fast": within("fal-ai/bytedance", seedance1("fal-ai/bytedance/seedance/v1/pro/fast")),
  "vid-seedance-2.0": within("bytedance/seedance-2.0", seedance2),
  "vid-seedance-2.0-fast": within("bytedance/seedance-2.0", seedance2Fast),
  "vid-seedance-2.0-mini": within("bytedance/seedance-2.0", seedance2Mini),
  "vid-seedance-2.0-reference": within("bytedance/seedance-2.0", seedance2Reference),
  "vid-pixverse-6": within("fal-ai/pixverse", pixverse6),
  "vid-wan-2.6": within("wan/v2.6", wan26),
  "vid-wan-2.7": within("fal-ai/wan", wan27),
  "vid-happy-horse-1.1": within("alibaba/happy-horse", happyHorse),
  "vid-minimax-h3": within("minimax/h3", h3),
  "vid-minimax-h3-reference": within("minimax/h3", h3Reference),
  "vid-ltx-2.3": within("fal-ai/ltx-2.3", ltx),
  "vid-ltx-2.3-fast": within("fal-ai/ltx-2.3", ltxFast),
  "vid-grok-imagine": within("xai/grok-imagine-video", grok),
  "vid-grok-imagine-1.5": within("xai/grok-imagine-video", grok15),
  "vid-luma-ray-3.2": within("luma/agent", ray),
  "vid-vidu-q3": within("fal-ai/vidu", vidu),
  "vid-gemini-omni-flash": within("google/gemini-omni-flash", omniFlash),
  "vid-gemini-omni-flash-reference": within("google/gemini-omni-flash", omniFlashReference),
  "vid-hunyuan-1.5": within("fal-ai/hunyuan-video-v1.5", hunyuan),
  "vid-topaz-upscale": within("fal-ai/topaz", topazUpscale),
  "vid-sync-lipsync-3": within("fal-ai/sync-lipsync", syncLipsync),
};

/** Accepts an encoder only if all its endpoints belong to the app. */
function within<const App extends `${string}/${string}`>(
  app: App,
  encode: (request: ResolvedVideoRequest) => Job<NoInfer<App | `${App}/${string}`>>,
): FalModel {
  return { app, encode };
}
