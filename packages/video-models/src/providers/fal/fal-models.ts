// Which encoder serves which model on fal. A new model does not compile until it has a row.
import type { VideoModelId } from "../../registry.ts";
import type { ResolvedVideoRequest } from "../../video-request.ts";
import type { Encoder, Job } from "../job.ts";
import { hailuoPro, hailuoStandard } from "./hailuo.ts";
import { kandinsky } from "./kandinsky.ts";
import { klingO1, klingO1Transition } from "./kling-o1.ts";
import { kling25, kling25Transition, kling26 } from "./kling.ts";
import { lucyLite, lucyPro } from "./lucy.ts";
import { ovi } from "./ovi.ts";
import { pixverse, pixverseTransition } from "./pixverse.ts";
import { seedance1, seedance15, seedance15Transition } from "./seedance.ts";
import { sora } from "./sora.ts";
import { veo, veoTransition } from "./veo.ts";
import { wan } from "./wan.ts";

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
};

/** Accepts an encoder only if all its endpoints belong to the app. */
function within<const App extends `${string}/${string}`>(
  app: App,
  encode: (request: ResolvedVideoRequest) => Job<NoInfer<App | `${App}/${string}`>>,
): FalModel {
  return { app, encode };
}
