// A prompt for the demo's provider may name a scenario: one that it does not have is told of before anything is started.
import { getVideoModel } from "@video-engine/video-models";
import type { GenerateRequest } from "@video-engine/video-sdk";
import type { Settings } from "./settings.ts";
import { UsageError } from "./usage-error.ts";

/** The providers of this command's own routes. */
const PROVIDERS = ["fal", "kie"] as const;

/** Throws {@link UsageError} for an unknown scenario. A provider elsewhere judges its prompts by itself. */
export async function refuseScenario({ model, prompt }: GenerateRequest, settings: Settings): Promise<void> {
  if (!prompt.includes("[scenario:")) return;
  const isElsewhere = [settings.falKey, settings.kieKey, settings.routesUrl].some((setting) => setting !== undefined);
  if (isElsewhere) return;
  const { providers } = getVideoModel(model);
  const { scenarioProblem } = await import("@video-engine/example-sandbox/scenarios");
  const provider = PROVIDERS.find((one) => one === providers[0]);
  const problem = provider && scenarioProblem(provider, prompt);
  if (problem !== undefined) throw new UsageError(problem);
}
