// Lets whoever writes the prompt choose how a sandbox job ends: `a corgi [fate:content-policy-violation]`.
import { FAL_FATES, KIE_FATES } from "@video-engine/video-sdk/testing";
import type { FalFate, KieFate } from "@video-engine/video-sdk/testing";

/** The fate of fal's table that a prompt names, if any. */
export function falFateInPrompt(prompt: unknown): FalFate | undefined {
  return new Map<string, FalFate>(Object.entries(FAL_FATES)).get(nameIn(prompt));
}

/** The fate of kie's table that a prompt names, if any. */
export function kieFateInPrompt(prompt: unknown): KieFate | undefined {
  return new Map<string, KieFate>(Object.entries(KIE_FATES)).get(nameIn(prompt));
}

function nameIn(prompt: unknown): string {
  return /\[fate:([\w-]+)\]/.exec(String(prompt))?.[1] ?? "";
}
