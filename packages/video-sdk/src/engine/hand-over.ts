// Which tab runs a generation: the one that the user looks at, where that can be arranged. A visible tab asks for what another tab runs; a
// hidden one that only waits lets it go, and is told how it ended. Messages are best-effort: without them everything stays where it is.
import type { GenerationSnapshot } from "../core/snapshot.ts";
import type { Clock, Lifecycle, TabChannel } from "../platform-ports.ts";
import type { GenerationPool } from "./generation-pool.ts";

/** What handing over needs. */
export interface HandOverOptions {
  readonly tabChannel: TabChannel;
  readonly lifecycle: Lifecycle | undefined;
  readonly clock: Pick<Clock, "setTimeout" | "clearTimeout">;
  readonly pool: Pick<GenerationPool, "subscribe" | "get" | "isRunning" | "isResting" | "isLost" | "showEnd">;
  /** Called with a generation that was recorded, or let go, by another tab. */
  onLeft(id: string): void;
  /** Called with a generation that this tab should let go. */
  onWanted(id: string): void;
}

/** Hands generations over to other tabs, and asks for theirs. */
export interface HandOver {
  /** Another tab runs it: asks for it as soon as this tab is visible. */
  ask(id: string): void;
  /** It is not asked for any more. */
  stopAsking(id: string): void;
  /** It runs here now: a cancel that no tab has heard is passed on, and the other tabs are told how it ends. */
  began(id: string): void;
  /** Asks the tab that runs it to cancel it. */
  cancelElsewhere(id: string): void;
  /** Listens. Returns a function that stops. */
  listen(): () => void;
}

const WANTED = "wanted:";
const ENDED = "ended:";
const CANCELED = "canceled:";
const KINDS = [WANTED, ENDED, CANCELED] as const;

/** How long a tab must have rested. A page is hidden while it is reloaded, too, and then goes on with what it ran. */
const RESTED_MS = 1_000;

/** Says nothing and hears nothing until asked to. */
export function createHandOver(options: HandOverOptions): HandOver {
  const { tabChannel, lifecycle, clock, pool, onLeft, onWanted } = options;
  /** Run by other tabs, as far as is known. */
  const elsewhere = new Set<string>();
  /** Run here, and wanted by a tab that was visible when it asked. */
  const wanted = new Set<string>();
  /** Timers of those that rest. */
  const resting = new Map<string, unknown>();
  /** Canceled in a tab that did not run it. */
  const canceled = new Set<string>();
  /** Handles whose end is told. */
  const begun = new WeakSet<object>();

  const askNow = (id: string): void => {
    if (lifecycle?.getPause() !== "background") tabChannel.post(WANTED + id);
  };

  const look = (): void => {
    for (const id of [...wanted]) {
      if (!pool.isRunning(id)) wanted.delete(id);
      else if (pool.isResting(id) && !resting.has(id))
        resting.set(
          id,
          clock.setTimeout(() => rested(id), RESTED_MS),
        );
    }
  };

  const rested = (id: string): void => {
    resting.delete(id);
    if (pool.isResting(id) && wanted.delete(id)) onWanted(id);
  };

  const hear = (message: string): void => {
    const [kind, rest] = [KINDS.find((prefix) => message.startsWith(prefix)), message.slice(message.indexOf(":") + 1)];
    if (kind === undefined) return onLeft(message);
    if (kind === ENDED) return showEnd(rest, pool);
    if (kind === CANCELED) return cancel(rest);
    wanted.add(rest);
    look();
  };

  const cancel = (id: string): void => {
    canceled.add(id);
    if (pool.isRunning(id)) void pool.get(id)?.cancel();
  };

  return {
    ask(id) {
      elsewhere.add(id);
      askNow(id);
    },
    stopAsking: (id) => void elsewhere.delete(id),
    began(id) {
      if (canceled.has(id)) cancel(id);
      const handle = pool.get(id);
      if (handle === undefined || begun.has(handle)) return;
      begun.add(handle);
      // A tab that has been told of the end does not pass it on.
      void handle.outcome.then(() => (pool.isLost(id) ? undefined : tabChannel.post(endOf(handle.getSnapshot()))));
    },
    cancelElsewhere(id) {
      canceled.add(id);
      tabChannel.post(CANCELED + id);
    },
    listen() {
      const stops = [
        tabChannel.subscribe(hear),
        pool.subscribe(look),
        lifecycle?.subscribe(() => elsewhere.forEach(askNow)),
      ];
      return () => {
        for (const stop of stops) stop?.();
        for (const timer of resting.values()) clock.clearTimeout(timer);
      };
    },
  };
}

function endOf(snapshot: GenerationSnapshot): string {
  return ENDED + JSON.stringify(snapshot);
}

/** Another version of this package, or another program of the origin, may have written it. */
function showEnd(text: string, pool: Pick<GenerationPool, "showEnd">): void {
  try {
    pool.showEnd(JSON.parse(text) as GenerationSnapshot); // of another tab's engine, and checked for its id there
  } catch {
    // No end of ours.
  }
}
