// The timers of one generation, one per wait key. A timer that ends during a pause is held back until the pause is over, or, offline, until
// it is time to see whether that is true. Knows no state.
import type { WaitKey } from "../core/effect.ts";
import type { Clock } from "../platform-ports.ts";
import type { DoubtedLifecycle } from "./doubted-lifecycle.ts";

/** Milliseconds after which "offline" is doubted, and again after that: rare enough for a battery, soon enough for a video that is paid for. */
const PROBE_AFTER_MS = 60_000;

/** Whose timers they are. */
export interface WaitOwner {
  readonly clock: Clock;
  /** Left out: there are no pauses. */
  readonly lifecycle: Pick<DoubtedLifecycle, "getPause" | "probe"> | undefined;
  /** Called once for each wait, when it is over. */
  onElapsed(key: WaitKey): void;
}

interface Wait {
  readonly key: WaitKey;
  /** Undefined where no timer runs. */
  timer: unknown;
  isHeldBack: boolean;
}

/** None, which most generations have most of the time: shared by all. */
const NONE: readonly Wait[] = [];

/** Timers by wait key. */
export class WaitTimers {
  declare private readonly owner: WaitOwner;
  declare private waits: readonly Wait[];

  constructor(owner: WaitOwner) {
    this.owner = owner;
    this.waits = NONE;
  }

  /** Waits until a time (epoch milliseconds), replacing an earlier wait under the same key. */
  start(key: WaitKey, until: number): void {
    let wait = this.waits.find((one) => one.key === key);
    if (wait === undefined) {
      wait = { key, timer: undefined, isHeldBack: false };
      this.waits = this.waits.concat(wait);
    }
    wait.isHeldBack = false;
    this.run(wait, Math.max(0, until - this.owner.clock.now()), "elapsed");
  }

  /** Fires the waits that were held back, where the pause allows it now. */
  release(): void {
    for (const wait of this.waits) if (wait.isHeldBack && this.waits.includes(wait)) this.elapsed(wait);
  }

  /** Stops all waits. */
  stop(): void {
    for (const wait of this.waits) this.clear(wait);
    this.waits = NONE;
  }

  private run(wait: Wait, delayMs: number, then: "elapsed" | "doubt"): void {
    this.clear(wait);
    wait.timer = this.owner.clock.setTimeout(() => {
      wait.timer = undefined;
      if (this.waits.includes(wait)) this[then](wait);
    }, delayMs);
  }

  private clear(wait: Wait): void {
    if (wait.timer !== undefined) this.owner.clock.clearTimeout(wait.timer);
    wait.timer = undefined;
  }

  private elapsed(wait: Wait): void {
    if (this.mayAsk(wait.key)) return this.letGo(wait);
    wait.isHeldBack = true;
    if (this.owner.lifecycle?.getPause() === "offline" && wait.timer === undefined)
      this.run(wait, PROBE_AFTER_MS, "doubt");
  }

  // In the background the books are still settled; questions about a job wait until the user is back.
  private mayAsk(key: WaitKey): boolean {
    const pause = this.owner.lifecycle?.getPause();
    return pause === undefined || (pause === "background" && key !== "poll");
  }

  private letGo(wait: Wait): void {
    this.clear(wait);
    this.waits = this.waits.length === 1 ? NONE : this.waits.filter((one) => one !== wait);
    this.owner.onElapsed(wait.key);
  }

  // A question about a job costs nothing, so it goes out. Other calls have a limited number of tries, or move credits.
  private doubt(wait: Wait): void {
    const { lifecycle } = this.owner;
    if (lifecycle?.getPause() === "offline" && wait.key === "poll") return this.letGo(wait);
    if (lifecycle?.getPause() === "offline") void lifecycle.probe();
    this.elapsed(wait);
  }
}
