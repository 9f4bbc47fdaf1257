// Texts that must not be found where they do not belong (S8). Knows neither records nor events.
import type { VideoRequest } from "@video-engine/video-models";

/** What is looked for. */
export interface Secrets {
  /** Takes note of a request: its prompt, and the image that is attached to it as bytes. */
  learn(request: VideoRequest): void;
  /** What of it is in a text, such as `a prompt`; undefined when nothing is. */
  in(text: string, options: { readonly isPromptAllowed: boolean }): string | undefined;
}

/** A shorter prompt may stand in any text by chance. */
const LEAST_PROMPT = 8;

/** Secrets, beside those of the requests: `never` may be nowhere. */
export function createSecrets(never: readonly string[]): Secrets {
  const prompts = new Set<string>();
  const hidden = new Set(never);
  const has = (texts: ReadonlySet<string>, text: string): boolean => [...texts].some((one) => text.includes(one));
  return {
    learn({ prompt, attachmentImageBytes }) {
      if (prompt.length >= LEAST_PROMPT) prompts.add(prompt);
      if (attachmentImageBytes !== undefined) hidden.add(attachmentImageBytes);
    },
    in(text, { isPromptAllowed }) {
      if (has(hidden, text)) return "a secret";
      return !isPromptAllowed && has(prompts, text) ? "a prompt" : undefined;
    },
  };
}
