// What becomes of a video that comes after its generation has ended.
import { settle } from "./settling.ts";
import type { Watching } from "./state.ts";
import type { Rules, TransitionResult } from "./transition-result.ts";

/** Saves the video of a watched job to its row. The credits stay as they are. */
export function deliverLate(
  { plan, held, error, settlement, undone }: Watching,
  { videos, at }: { readonly videos: readonly string[]; readonly at: number },
  rules: Rules,
): TransitionResult {
  // A row that shows a video must not be marked as failed.
  const { "mark-row-failed": _, ...steps } = undone ?? {};
  return settle({ plan, held, verdict: { kind: "deliver-late", videos, error, settlement }, steps }, at, rules);
}
