// The title of a session, made from its first prompt. The app's rule: facts/app-contract.md.

const TITLE_LENGTH = 50;

/** The first 50 characters of the prompt, then `...` when something was cut. Never splits a character. */
export function sessionTitle(prompt: string): string {
  if (prompt.length <= TITLE_LENGTH) return prompt;
  const characters = Array.from(prompt);
  return characters.length <= TITLE_LENGTH ? prompt : `${characters.slice(0, TITLE_LENGTH).join("")}...`;
}
