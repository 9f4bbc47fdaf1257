// What one engine learns from the events of all its generations: prices that the server told, and how long jobs take. Decides nothing.
import type { VideoQuote, VideoRequest } from "@video-engine/video-models";
import type { GenerationSnapshot } from "../core/snapshot.ts";
import type { PollingPolicy } from "../core/polling-policy.ts";
import type { DurationStore } from "./duration-store.ts";
import type { GenerationReport } from "./engine-event.ts";
import { createSeenDurations } from "./seen-durations.ts";
import { createToldPrices, type ToldPrices } from "./told-prices.ts";

/** What is learned. */
export interface Learned extends ToldPrices {
  /** The same policy, which is told how long jobs took. */
  taught(policy: PollingPolicy): PollingPolicy;
}

/** Learns, and passes every event on. `snapshotOf`: the snapshot of a generation. */
export function learnFromEvents(
  {
    quote,
    durations: store,
  }: { quote?: ((request: VideoRequest) => VideoQuote) | undefined; durations?: DurationStore | undefined },
  tell: (event: GenerationReport) => void,
  snapshotOf: (id: string) => GenerationSnapshot | undefined,
): Learned {
  const durations = createSeenDurations(snapshotOf, tell, store);
  const requestOf = (id: string) => snapshotOf(id)?.request;
  return { ...createToldPrices(quote, durations.onEvent, requestOf), taught: durations.tell };
}
