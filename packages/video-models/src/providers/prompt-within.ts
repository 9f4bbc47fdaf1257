// Checks a prompt against one provider's limit, which may be wider or narrower than the model's own in the registry.
import { utf8Length } from "../prompt-text.ts";
import type { ResolvedVideoRequest } from "../video-request.ts";
import { Refusal } from "./refusal.ts";

/** The prompt, if it is within the limit. Otherwise throws a `Refusal` that names both lengths; a prompt is never cut off. */
export function promptWithin(
  { prompt }: ResolvedVideoRequest,
  max: number,
  unit: "characters" | "bytes" = "characters",
): string {
  const length = unit === "bytes" ? utf8Length(prompt) : prompt.length;
  if (length > max) throw new Refusal(`the prompt has ${length} ${unit}, ${max} are taken`);
  return prompt;
}
