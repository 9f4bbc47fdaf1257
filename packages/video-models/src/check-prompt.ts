// Checks a cleaned prompt against its model: its length, and that every attachment it mentions exists.
import { type AttachedThings, countAttached, inputOf } from "./attached.ts";
import type { VideoModel } from "./model.ts";
import { utf8Length } from "./prompt-text.ts";
import { issueAt, type VideoRequestIssue } from "./video-request-issue.ts";

/** The issues of a prompt, after `cleanPrompt`. */
export function checkPrompt(prompt: string, model: VideoModel, attached: AttachedThings): readonly VideoRequestIssue[] {
  const problem = lengthProblem(prompt, model);
  if (problem !== undefined) return [issueAt("prompt", problem)];
  const strays = inputOf(model, "references") ? strayMentions(prompt, attached) : [];
  return strays.length > 0 ? [issueAt("prompt", `Nothing is attached as ${strays.join(", ")}.`)] : [];
}

function lengthProblem(prompt: string, { label, promptLimit: { min = 1, max, unit } }: VideoModel): string | undefined {
  if (max === 0) return undefined;
  const length = unit === "bytes" ? utf8Length(prompt) : prompt.length;
  if (length < min) return min === 1 ? "Write a prompt." : `${label} needs a prompt of at least ${min} ${unit}.`;
  return length > max ? `${label} takes at most ${max} ${unit}; this prompt has ${length}.` : undefined;
}

/** Kling O1 reads in the prompt what each attachment is for: `@Image1`, `@Element2`, `@Video1`. */
function strayMentions(prompt: string, attached: AttachedThings): readonly string[] {
  const counts = new Map([
    ["image", countAttached(attached.klingO1Images)],
    ["element", countAttached(attached.klingO1Elements)],
    ["video", countAttached(attached.klingO1Video)],
  ]);
  const mentions = Array.from(prompt.matchAll(/@(image|element|video)(\d{1,9})/gi), ([mention, kind = "", number]) => {
    const count = counts.get(kind.toLowerCase()) ?? 0;
    return Number(number) >= 1 && Number(number) <= count ? [] : [mention];
  });
  return [...new Set(mentions.flat())];
}
