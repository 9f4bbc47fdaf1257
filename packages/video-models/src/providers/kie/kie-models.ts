// Which encoder serves which model on kie.
import type { VideoModelId } from "../../registry.ts";
import type { Encoder } from "../job.ts";
import { kling25, kling25Transition, kling26 } from "./kling.ts";
import { seedance15 } from "./seedance.ts";
import { sora } from "./sora.ts";
import { wan } from "./wan.ts";

/** The models that we use on kie. A test holds them against the `providers` of each model. */
export const KIE_MODELS: Readonly<Partial<Record<VideoModelId, Encoder>>> = {
  "vid-kling-2.6-pro": kling26,
  "vid-kling-2.5-pro": kling25,
  "kling-2.5-turbo-transition": kling25Transition,
  "kie-sora-2": sora,
  "kie-wan-2.5": wan,
  "kie-seedance-1.5-pro": seedance15,
  "kie-seedance-1.5-pro-transition": seedance15,
};
