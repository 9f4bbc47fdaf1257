// A failure as a person reads it: the code, the sentence, and whether it was charged.
import { isVideoError, type Settlement } from "@video-engine/video-sdk";
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
  if (!isVideoError(thrown)) return [`internal: ${thrown instanceof Error ? thrown.message : String(thrown)}`];
  const { code, message, settlement } = thrown;
  return [`${code}: ${message}`, ...(settlement === undefined ? [] : [SETTLEMENT_SENTENCES[settlement]])];
}

/** The same for `--json`. */
export function failureData(thrown: unknown): unknown {
  if (thrown instanceof UsageError) return { code: "usage", message: thrown.message };
  return thrown instanceof Error && "toJSON" in thrown ? thrown : { code: "internal", message: String(thrown) };
}
