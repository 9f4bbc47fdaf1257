// What an engine of a world talks to, and a look behind it: an interface, so that an app's author can put their own backend there.
import type { GenerationSnapshot } from "../../core/snapshot.ts";
import type { VideoApi, VideoLedger } from "../../ports.ts";
import type { Announcements } from "./announcements.ts";

/** Books and a provider that can be looked into. */
export interface WorldBackend {
  readonly ledger: VideoLedger;
  readonly api: VideoApi;
  /** Everything that is not settled, as sentences. */
  imbalances(): readonly string[] | Promise<readonly string[]>;
  /**
   * Everything that must never be, whatever was lost: as sentences. `announced`: what the user heard of each generation that ended.
   * `unresolved`: the generations that are listed as holding credits, or in doubt.
   */
  violations(announced: Announcements, unresolved: ReadonlySet<string>): readonly string[] | Promise<readonly string[]>;
  /** Hears of a generation that ended, when the user does. */
  hear?(snapshot: GenerationSnapshot): void;
}
