// A lifecycle whose "offline" is believed until a request proves it wrong: browsers and phones say it behind proxies, VPNs and captive
// portals, and may say it for ever. Sends nothing by itself.
import type { CallResult, VideoLedger } from "../ports.ts";
import type { Lifecycle, PauseReason } from "../platform-ports.ts";
import type { PerformEffect } from "./perform-effect.ts";

/** A lifecycle that requests can overrule. */
export interface DoubtedLifecycle extends Lifecycle {
  /** The same calls. One that is sent while the device says that it is offline, and succeeds, overrules that until the lifecycle changes. */
  watch(perform: PerformEffect): PerformEffect;
  /** Reads something of the backend that changes nothing; a success overrules likewise. Does nothing where there is nothing to read. */
  probe(): Promise<void>;
}

/** Doubts what a lifecycle says. `ledger` is what can be read at any time. */
export function doubtLifecycle(
  given: Lifecycle,
  ledger: Pick<VideoLedger, "readReserved" | "readLoadingRows">,
): DoubtedLifecycle {
  const listeners = new Set<() => void>();
  let isOverruled = false;
  /** Counts the changes of the lifecycle: an answer proves nothing about a later spell. */
  let spell = 0;

  const getPause = (): PauseReason | undefined => {
    const pause = given.getPause();
    isOverruled &&= pause === "offline";
    return isOverruled ? undefined : pause;
  };

  const proving = async <T>(send: () => Promise<T>, hasSucceeded: (answer: T) => boolean): Promise<T> => {
    const wasOffline = getPause() === "offline";
    const inSpell = spell;
    const answer = await send();
    if (wasOffline && inSpell === spell && hasSucceeded(answer) && getPause() === "offline") {
      isOverruled = true;
      for (const listener of [...listeners]) listener();
    }
    return answer;
  };

  return {
    getPause,
    subscribe(listener) {
      const own = (): void => listener();
      const stop = given.subscribe(() => {
        spell++;
        own();
      });
      listeners.add(own);
      return () => {
        listeners.delete(own);
        // Without a listener a change would not be noticed.
        if (listeners.size === 0) isOverruled = false;
        stop();
      };
    },
    watch: (perform) => (effect, options) =>
      proving(
        () => perform(effect, options),
        (answer) =>
          answer.type !== "effect-failed" &&
          // The app may have saved videos without any request.
          answer.type !== "videos-saved" &&
          !(answer.type === "cancel-answered" && answer.answer === "unsupported"),
      ),
    async probe() {
      const read: (() => Promise<CallResult<unknown>>) | undefined = ledger.readReserved ?? ledger.readLoadingRows;
      // A ledger that rejects has broken its contract, and proves nothing.
      if (read !== undefined) await proving(read, ({ ok }) => ok).catch(() => undefined);
    },
  };
}
