// Which encoder serves which model on kie. A new model does not compile until it has a row, which may be undefined.
import type { VideoModelId } from "../../registry.ts";
import type { Encoder } from "../job.ts";
import { kling25, kling25Transition, kling26 } from "./kling.ts";
import { seedance15 } from "./seedance.ts";
import { sora } from "./sora.ts";
import { wan } from "./wan.ts";

/** Every model on kie; undefined where kie does not have it, or where we do not use it there. */
export const KIE_MODELS: Readonly<Record<VideoModelId, Encoder | undefined>> = {
  "vid-veo-3.1": undefined,
  "vid-veo-3.1-fast": undefined,
  "veo3.1-transition": undefined,
  "veo3.1-fast-transition": undefined,
  "vid-kling-2.6-pro": kling26,
  "vid-kling-2.5-pro": kling25,
  "kling-2.5-turbo-transition": kling25Transition,
  "kling-o1": undefined,
  "kling-o1-transition": undefined,
  "kie-sora-2": sora,
  "vid-ovi": undefined,
  "kie-wan-2.5": wan,
  "vid-hailuo-2.3-pro": undefined,
  "vid-hailuo-2.3": undefined,
  "vid-kandinsky-5": undefined,
  "vid-seedance-lite": undefined,
  "vid-seedance-pro": undefined,
  "seedance-pro-transition": undefined,
  "kie-seedance-1.5-pro": seedance15,
  "kie-seedance-1.5-pro-transition": seedance15,
  "pixverse-v5": undefined,
  "pixverse-v5-transition": undefined,
  "vid-lucy-lite": undefined,
  "vid-lucy-pro": undefined,
};
