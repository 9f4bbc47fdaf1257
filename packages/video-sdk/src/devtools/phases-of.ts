// The phases that a generation went through, and how long each took, read from its events.
import type { GenerationPhase, GenerationSnapshot } from "../core/snapshot.ts";
import type { LoggedEvent } from "./devtools-log.ts";

/** A phase of a generation. */
export interface TimedPhase {
  /** `started`: from the tap to the first event, which is the first that an engine tells. */
  readonly phase: GenerationPhase | "started";
  /** When it began, epoch milliseconds. */
  readonly at: number;
  /** Undefined while it lasts, and for the last one. */
  readonly lastedMs: number | undefined;
}

/** In their order. Events that are no longer in the log are missing here, too. */
export function phasesOf(
  { id, createdAt }: Pick<GenerationSnapshot, "id" | "createdAt">,
  events: readonly LoggedEvent[],
): readonly TimedPhase[] {
  const begun: { phase: TimedPhase["phase"]; at: number }[] = [];
  for (const { at, event } of [...events].reverse()) {
    if (!("phase" in event) || event.id !== id || begun.at(-1)?.phase === event.phase) continue;
    if (begun.length === 0 && event.seq === 1) begun.push({ phase: "started", at: createdAt });
    begun.push({ phase: event.phase, at });
  }
  return begun.map(({ phase, at }, index) => {
    const next = begun[index + 1];
    return { phase, at, lastedMs: next && next.at - at };
  });
}
