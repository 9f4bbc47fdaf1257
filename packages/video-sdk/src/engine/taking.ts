// Everything that brings generations into an engine from outside: its journal, other tabs, and rows that nobody drives.
import type { Rules } from "../core/transition-result.ts";
import type { VideoLedger, VideoPlatform } from "../ports.ts";
import { createAdoptRows } from "./adopt-rows.ts";
import type { Persistence, ResumeOptions } from "./create-engine.ts";
import type { GenerationPool } from "./generation-pool.ts";
import type { Journal } from "./journal.ts";
import { createTakeUp } from "./take-up.ts";

/** What it needs. */
export interface TakingOptions {
  readonly ledger: VideoLedger;
  readonly journal: Journal;
  readonly persistence: Persistence;
  readonly pool: GenerationPool;
  readonly platform: VideoPlatform;
  readonly rules: Rules;
  isDisposed(): boolean;
}

/** What brings generations in. */
export interface Taking {
  /** Takes up whatever can be, and listens from now on for what other tabs begin. Gives back the ids of all that were found. */
  takeAll(options: ResumeOptions): Promise<readonly string[]>;
  /** Stops driving a generation that another may drive by now. */
  lost(id: string): void;
  /** Listens and waits no more. */
  stop(): void;
}

/** The ways in. Nothing is read or listened to before `takeAll`. */
export function createTaking({ persistence, ...options }: TakingOptions): Taking {
  const { locks, tabChannel } = persistence;
  const { journal, isDisposed } = options;
  const takeUp = createTakeUp({ ...options, locks });
  const adoptRows = createAdoptRows({ ...options, locks, onLost: takeUp.lost });
  let stopListening: (() => void) | undefined;

  return {
    async takeAll({ adopt = false }) {
      stopListening ??= tabChannel?.subscribe((id) => void (isDisposed() ? undefined : takeUp.take(id)));
      const ids = (await journal.ids()) ?? [];
      for (const id of ids) if (!isDisposed()) await takeUp.take(id);
      return adopt ? [...ids, ...(await adoptRows())] : ids;
    },
    lost: takeUp.lost,
    stop() {
      stopListening?.();
      takeUp.stop();
    },
  };
}
