// What generate() returns: a handle to watch, cancel or detach from. Sees only snapshots.
import { fromVideoErrorData, VideoError, type Settlement, type VideoErrorData } from "../errors.ts";
import type { GenerationSnapshot } from "../core/snapshot.ts";
import type { GenerationReport } from "./engine-event.ts";
import type { Clock } from "../ports.ts";
import type { Observable } from "../observable.ts";

/** A finished video. */
export interface GenerationResult {
  readonly id: string;
  /** At least one URL. */
  readonly videos: readonly string[];
  /** Whole credits that were charged, or are held. */
  readonly credits: number;
  readonly settlement: Settlement;
  readonly sessionId: string | undefined;
  readonly rowId: string | undefined;
}

/** How a generation ended, as data. */
export type GenerationOutcome =
  | ({ readonly status: "completed" } & GenerationResult)
  | { readonly status: "failed"; readonly id: string; readonly error: VideoErrorData; readonly settlement: Settlement }
  | { readonly status: "canceled"; readonly id: string; readonly settlement: Settlement };

/**
 * What is known of a cancel within a second: how it ended, or, while the truth is still out, that it was asked for. `outcome` tells the rest.
 * `settlement`: what is known of the credits by then.
 */
export type CancelResult =
  | GenerationOutcome
  | { readonly status: "requested"; readonly id: string; readonly settlement: Settlement };

/**
 * One generation: await `result` for the video, or watch it. The handle itself is not a promise, so an async function can return it.
 * A failure that the app does not look at is never an unhandled rejection. Every method works unbound.
 *
 * @example
 * const generation = engine.generate({ model: "vid-veo-3.1", prompt: "a corgi surfing" });
 * const { videos } = await generation.result;
 */
export interface Generation extends AsyncIterable<GenerationSnapshot> {
  readonly id: string;
  /**
   * The video. Rejects with a {@link VideoError}: the code of the failure, or `canceled`. Resolves at the same moment as `outcome`; but once the
   * video is saved, it waits for the books for 15 seconds only, and then says `held`, or `unknown` while a capture is unanswered.
   */
  readonly result: Promise<GenerationResult>;
  /** How it ended, as data. Resolves once, when the books are final. Never rejects. */
  readonly outcome: Promise<GenerationOutcome>;
  /** The same object until something changes. */
  getSnapshot(): GenerationSnapshot;
  /** The listener is called without arguments after each change. Returns an unsubscribe function. */
  subscribe(listener: () => void): () => void;
  /** The listener is called with each event of this generation. Returns an unsubscribe function. */
  on(listener: (event: GenerationReport) => void): () => void;
  /**
   * Asks to cancel. Before the submit it settles at once. After the submit the provider's answer decides, and a video that comes anyway is
   * delivered and charged. Resolves within a second.
   */
  cancel(): Promise<CancelResult>;
  /** Stops running it here. Settles nothing; the outcome stays open until `resume()`. */
  detach(): void;
  /** The snapshot: plain data without tokens. */
  toJSON(): GenerationSnapshot;
}

/** What a handle is made from. */
export interface HandleSource {
  readonly clock: Pick<Clock, "setTimeout" | "clearTimeout">;
  readonly snapshot: Observable<GenerationSnapshot>;
  cancel(): void;
  detach(): void;
  on(listener: (event: GenerationReport) => void): () => void;
}

/** The handle of one generation. */
export function createGenerationHandle({ clock, snapshot, cancel, detach, on }: HandleSource): Generation {
  const { outcome, delivered } = watchOutcome(snapshot);
  const result = delivered.then(toResult);
  // A caller that awaits `result` still gets the error; this only prevents an unhandled-rejection report when no caller does.
  result.catch(() => undefined);
  let stopWaiting: () => void = () => undefined;
  const requested = async (): Promise<CancelResult> => {
    await new Promise<void>((resolve) => {
      const timer = clock.setTimeout(resolve, CANCEL_ANSWERED_MS);
      stopWaiting = () => {
        clock.clearTimeout(timer);
        resolve();
      };
      void outcome.then(stopWaiting);
    });
    const { id, settlement } = snapshot.get();
    return { status: "requested", id, settlement };
  };
  return {
    id: snapshot.get().id,
    result,
    outcome,
    getSnapshot: () => snapshot.get(),
    subscribe: (listener) => snapshot.subscribe(listener),
    on,
    cancel() {
      cancel();
      return Promise.race([outcome, requested()]);
    },
    detach() {
      stopWaiting();
      detach();
    },
    toJSON: () => snapshot.get(),
    [Symbol.asyncIterator]: () => snapshots(snapshot),
  };
}

/** How long a user waits for the answer to a tap. */
const CANCEL_ANSWERED_MS = 1_000;

/** The video of a generation whose row is saved, and whose books are late. Undefined: there is none. */
function deliveryOf(snapshot: GenerationSnapshot): GenerationOutcome | undefined {
  const { phase, pauseReason, id, videos, credits, settlement, sessionId, rowId } = snapshot;
  const isLate = phase === "settling" && pauseReason === "backend-unreachable" && videos.length > 0;
  return isLate && rowId !== undefined
    ? { status: "completed", id, videos, credits, settlement, sessionId, rowId }
    : undefined;
}

/** The outcome that a decided snapshot shows; undefined while it runs. */
function outcomeOf(snapshot: GenerationSnapshot): GenerationOutcome | undefined {
  const { id, status, videos, credits, settlement, sessionId, rowId, error } = snapshot;
  if (status === "completed") return { status, id, videos, credits, settlement, sessionId, rowId };
  if (status === "canceled") return { status, id, settlement };
  return error === undefined || status === "running" ? undefined : { status, id, error, settlement };
}

/** `delivered` resolves with the outcome, or before it with a video whose books are late. */
function watchOutcome(snapshot: Observable<GenerationSnapshot>): {
  readonly outcome: Promise<GenerationOutcome>;
  readonly delivered: Promise<GenerationOutcome>;
} {
  const [outcome, delivered] = [createDeferred(), createDeferred()];
  const look = (): void => {
    const shown = snapshot.get();
    const ended = outcomeOf(shown);
    const delivery = ended ?? deliveryOf(shown);
    if (delivery !== undefined) delivered.resolve(delivery);
    if (ended === undefined) return;
    stop();
    outcome.resolve(ended);
  };
  const stop = snapshot.subscribe(look);
  look();
  return { outcome: outcome.promise, delivered: delivered.promise };
}

function createDeferred(): { readonly promise: Promise<GenerationOutcome>; resolve(outcome: GenerationOutcome): void } {
  let resolve: (outcome: GenerationOutcome) => void = () => undefined;
  const promise = new Promise<GenerationOutcome>((settle) => (resolve = settle));
  return { promise, resolve: (outcome) => resolve(outcome) };
}

/** The result of an outcome. Throws on a failure or a cancel. */
export function toResult(outcome: GenerationOutcome): GenerationResult {
  switch (outcome.status) {
    case "completed": {
      const { status: _, ...result } = outcome;
      return result;
    }
    case "failed":
      throw fromVideoErrorData({ ...outcome.error, settlement: outcome.settlement });
    case "canceled":
      throw new VideoError("canceled", { settlement: outcome.settlement });
  }
}

/**
 * The current snapshot, then each later one; a slow reader gets the latest, not a backlog. Ends when the outcome is known. Leaving early
 * stops reading at once, whereas a generator would first wait for the next change.
 */
function snapshots(source: Observable<GenerationSnapshot>): AsyncIterator<GenerationSnapshot, void, undefined> {
  const done = { done: true, value: undefined } as const;
  let seen: GenerationSnapshot | undefined;
  let isLeft = false;
  let wake = (): void => undefined;

  const next = async (): Promise<IteratorResult<GenerationSnapshot, void>> => {
    if (isLeft || (seen !== undefined && outcomeOf(seen) !== undefined)) return done;
    if (source.get() === seen) {
      await new Promise<void>((resolve) => {
        const stop = source.subscribe(() => wake());
        wake = () => {
          stop();
          resolve();
        };
      });
    }
    if (isLeft) return done;
    seen = source.get();
    return { done: false, value: seen };
  };

  // One after the other, as a generator would: two concurrent next() calls get two snapshots.
  let last: Promise<unknown> = Promise.resolve();
  return {
    next() {
      const result = last.then(next);
      last = result;
      return result;
    },
    return() {
      isLeft = true;
      wake();
      return Promise.resolve(done);
    },
  };
}
