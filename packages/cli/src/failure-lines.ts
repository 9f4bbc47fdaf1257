// A failure as a person reads it: the code, the sentence, and whether it was charged.
import { isVideoError, type Settlement, type VideoError } from "@video-engine/video-sdk";
import { UsageError } from "./usage-error.ts";

/** What became of the credits, as a sentence. */
export const SETTLEMENT_SENTENCES: Readonly<Record<Settlement, string>> = {
  none: "No credits were held: you were not charged.",
  held: "The credits are still held. They are settled when the generation is resumed.",
  captured: "The credits were charged.",
  released: "The credits were given back: you were not charged.",
  unknown: "It is not known whether the credits are held. Look at your balance before you try again.",
};

/** The lines for standard error. `help` is what lists the flags that could have been meant. */
export function failureLines(thrown: unknown, help = "video-engine --help"): readonly string[] {
  if (thrown instanceof UsageError) return [`usage: ${thrown.message}`, `Try: ${help}`];
  if (!isVideoError(thrown)) return [`internal: ${messageOf(thrown)}`];
  const { code, message, settlement } = thrown;
  const issues = issuesOf(thrown);
  const said = issues.length > 1 ? [`${code}:`, ...issues.map((issue) => `  ${issue}`)] : [`${code}: ${message}`];
  return [...said, ...(settlement === undefined ? [] : [SETTLEMENT_SENTENCES[settlement]])];
}

/** The same for `--json`. */
export function failureData(thrown: unknown): unknown {
  if (thrown instanceof UsageError) return { code: "usage", message: thrown.message };
  return isVideoError(thrown) ? thrown : { code: "internal", message: messageOf(thrown) };
}

/** What is wrong with a request, each by its flag: `judge-request.ts`. */
function issuesOf({ details }: VideoError): readonly string[] {
  const issues: unknown = details?.["issues"];
  if (!Array.isArray(issues)) return [];
  return issues.flatMap((issue: Readonly<Record<string, unknown>>) =>
    typeof issue["flag"] === "string" ? [`${issue["flag"]}: ${String(issue["message"])}`] : [],
  );
}

function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
