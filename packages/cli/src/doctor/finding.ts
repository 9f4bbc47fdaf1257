// What a check has found, as the doctor prints it.

/** How it is: `unknown` where it could not be asked, `note` where nothing is wrong. */
export type FindingLevel = "ok" | "note" | "failed" | "unknown";

/** One line of the doctor. */
export interface Finding {
  /** The part that was checked, such as `fal` or `routes`. */
  readonly part: string;
  readonly level: FindingLevel;
  readonly text: string;
}

/** A maker of findings of one part. */
export function findingsOf(part: string): (level: FindingLevel, text: string) => Finding {
  return (level, text) => ({ part, level, text });
}

/** What stands in the way of an answer, without an address: it may hold a key. */
export function reasonOf(thrown: unknown): string {
  if (thrown instanceof Error && (thrown.name === "TimeoutError" || thrown.name === "AbortError")) return "no answer";
  const cause = thrown instanceof Error && thrown.cause instanceof Error ? thrown.cause : thrown;
  return cause instanceof Error && "code" in cause && typeof cause.code === "string" ? cause.code : "no connection";
}
