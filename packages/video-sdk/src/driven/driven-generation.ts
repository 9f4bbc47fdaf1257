// One generation that runs elsewhere, as a handle: what the other side tells is shown, and a cancel is sent to it.
import type { GenerationSnapshot } from "../core/snapshot.ts";
import type { VideoErrorCode, VideoErrorData } from "../errors.ts";
import { createGenerationHandle, type Generation } from "../engine/generation-handle.ts";
import type { GenerationReport } from "../engine/engine-event.ts";
import { asOwn, callAll, type Listeners } from "../engine/listeners.ts";
import { createObservable } from "../observable.ts";
import type { CallResult } from "../ports.ts";
import type { VideoPlatform } from "../platform-ports.ts";
import type { DrivenStart, GenerationDriver } from "./generation-driver.ts";

/** A handle, and how it is told. */
export interface DrivenGeneration {
  readonly handle: Generation;
  /** Shows it. How it ended stays as it was told; what becomes of it then, such as a late video or settled books, is shown too. */
  show(snapshot: GenerationSnapshot): void;
  /** Starts it on the other side, and tries again under the same id until that is known to be done, or certainly refused. */
  start(start: DrivenStart): void;
  /** Tells the listeners of the handle. */
  report(event: GenerationReport): void;
  /** Shows the poster of its video. */
  preview(previewImage: string): void;
  /** As `GenerationHandle.detach`. */
  stop(): void;
}

/** What it needs. */
export interface DrivenGenerationOptions {
  readonly driver: Pick<GenerationDriver, "start" | "cancel">;
  readonly platform: Pick<VideoPlatform, "clock" | "random">;
  /** Cancels it before it was started. Returns whether it could. */
  readonly cancelEarly?: (() => boolean) | undefined;
  /** The handle has a listener for events. */
  onListened(): void;
}

/** Between two attempts whose answer did not come, milliseconds: each twice as long as the one before. */
const [FIRST_MS, MOST_MS] = [1_000, 30_000];
/** Refusals that come before a generation is looked up by its id: they do not prove that an earlier attempt did nothing. */
const SAID_UNSEEN: ReadonlySet<VideoErrorCode> = new Set(["not-signed-in", "not-configured"]);

/** A generation that is shown as `first`. Sends nothing yet. */
export function createDrivenGeneration(
  first: GenerationSnapshot,
  { driver, platform: { clock, random }, cancelEarly, onListened }: DrivenGenerationOptions,
): DrivenGeneration {
  const { id } = first;
  const shown = createObservable(first);
  let [isStopped, wasTold] = [false, false];
  let told: string | undefined;
  let listeners: Listeners<[GenerationReport]> = [];
  let started: Promise<void> = Promise.resolve();

  const show = (snapshot: GenerationSnapshot): void => {
    const { status, previewImage } = shown.get();
    if (isStopped || (status !== "running" && status !== snapshot.status)) return;
    // A poster that was made here is not known there.
    shown.set({ ...snapshot, previewImage: snapshot.previewImage ?? previewImage });
  };
  const pause = (waitMs: number): Promise<void> =>
    new Promise((resolve) => void clock.setTimeout(resolve, waitMs * (0.5 + random() / 2)));

  /** Undefined: it was stopped before there was an answer. */
  const untilKnown = async <T>(call: () => Promise<CallResult<T>>): Promise<CallResult<T> | undefined> => {
    let isInDoubt = false;
    for (let waitMs = FIRST_MS; !isStopped; waitMs = Math.min(2 * waitMs, MOST_MS)) {
      const result = await call();
      if (result.ok) return result;
      const { code } = result.error;
      if (result.certainty === "not-done" && !(isInDoubt && SAID_UNSEEN.has(code))) return result;
      isInDoubt = true;
      const pauseReason = code === "not-signed-in" ? code : "backend-unreachable";
      if (!wasTold) show({ ...shown.get(), isPaused: true, pauseReason });
      await pause(waitMs);
    }
    return undefined;
  };

  return {
    handle: createGenerationHandle({
      clock,
      snapshot: shown,
      cancel() {
        if (cancelEarly?.() === true) return;
        // The other side must know it first.
        void started.then(() => untilKnown(() => driver.cancel(id)));
      },
      detach: () => void (isStopped = true),
      on(listener) {
        const own = asOwn(listeners, listener);
        listeners = [...listeners, own];
        onListened();
        return () => void (listeners = listeners.filter((other) => other !== own));
      },
    }),
    show(snapshot) {
      wasTold = true;
      // The whole list is told after each change of one.
      const text = JSON.stringify(snapshot);
      if (text !== told) show(snapshot);
      told = text;
    },
    start(start) {
      started = untilKnown(() => driver.start(start)).then((result) => {
        // What was followed meanwhile is newer than this answer.
        if (result === undefined || wasTold) return;
        show(result.ok ? result.value : failedWith(shown.get(), result.error));
      });
    },
    preview: (previewImage) => shown.set({ ...shown.get(), previewImage }),
    report: (event) => callAll(listeners, event),
    stop: () => void (isStopped = true),
  };
}

function failedWith(snapshot: GenerationSnapshot, error: VideoErrorData): GenerationSnapshot {
  const ended = { phase: "failed", status: "failed", isPaused: false, pauseReason: undefined } as const;
  return { ...snapshot, ...ended, isCanceling: false, settlement: "none", error };
}
