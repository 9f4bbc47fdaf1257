// Finds prompts, image bytes and secrets in texts where they must not be (S8).
import type { VideoRequest } from "@video-engine/video-models";

/** The secrets to look for. */
export interface Secrets {
  /** Adds the prompt and the image bytes of a request. */
  learn(request: VideoRequest): void;
  /** Says which secret a text contains, such as `a prompt`. Undefined when it contains none. */
  in(text: string, options: { readonly isPromptAllowed: boolean }): string | undefined;
}

/** A shorter prompt could be in a text by chance. */
const LEAST_PROMPT = 8;

/** Creates the secrets. `never`: texts that must not be anywhere, besides those of the requests. */
export function createSecrets(never: readonly string[]): Secrets {
  const prompts = new Set<string>();
  const hidden = new Set(never);
  const has = (texts: ReadonlySet<string>, text: string): boolean => [...texts].some((one) => text.includes(one));
  return {
    learn({ prompt: given, attachmentImageBytes }) {
      // As it is sent and stored: half characters are left out of it.
      const prompt = given.replace(/\p{Cs}/gu, "");
      if (prompt.length >= LEAST_PROMPT) prompts.add(prompt);
      if (attachmentImageBytes !== undefined) hidden.add(attachmentImageBytes);
    },
    in(text, { isPromptAllowed }) {
      if (has(hidden, text)) return "a secret";
      return !isPromptAllowed && has(prompts, text) ? "a prompt" : undefined;
    },
  };
}
