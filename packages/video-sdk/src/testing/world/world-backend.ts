// The backend of a world, and a way to look into it.
import type { GenerationSnapshot } from "../../core/snapshot.ts";
import type { VideoApi, VideoLedger } from "../../ports.ts";
import type { Announcements } from "./announcements.ts";

/** A ledger and a video API whose state can be checked. */
export interface WorldBackend {
  readonly ledger: VideoLedger;
  readonly api: VideoApi;
  /** What is not settled, one sentence each. */
  imbalances(): readonly string[] | Promise<readonly string[]>;
  /**
   * What must never happen and did, one sentence each. `announced`: what the user was told of each generation that ended.
   * `unresolved`: the generations that are listed as holding credits, or in doubt.
   */
  violations(announced: Announcements, unresolved: ReadonlySet<string>): readonly string[] | Promise<readonly string[]>;
  /** The addresses of the videos that rows show. */
  shownVideos?(): readonly string[];
  /** Deletes the newest row that is loading and knows its job, as a user does. */
  deleteRow?(): void;
  /** Called when the user is told that a generation has ended. */
  onAnnounced?(snapshot: GenerationSnapshot): void;
}
