// A prompt may choose how its sandbox job ends: `a corgi [scenario:content-policy-violation]`.
import { FAL_SCENARIOS, KIE_SCENARIOS } from "@video-engine/video-sdk/testing";
import type { FalScenario, KieScenario } from "@video-engine/video-sdk/testing";

/** The scenario of fal's table that a prompt names, if any. */
export function falScenarioInPrompt(prompt: unknown): FalScenario | undefined {
  return new Map<string, FalScenario>(Object.entries(FAL_SCENARIOS)).get(nameIn(prompt));
}

/** The scenario of kie's table that a prompt names, if any. */
export function kieScenarioInPrompt(prompt: unknown): KieScenario | undefined {
  return new Map<string, KieScenario>(Object.entries(KIE_SCENARIOS)).get(nameIn(prompt));
}

function nameIn(prompt: unknown): string {
  return /\[scenario:([\w-]+)\]/.exec(String(prompt))?.[1] ?? "";
}
