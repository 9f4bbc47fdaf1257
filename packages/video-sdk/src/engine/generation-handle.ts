// What generate() returns: a handle to watch, cancel or detach from. Sees only snapshots.
import { fromVideoErrorData, VideoError, type Settlement, type VideoErrorData } from "../errors.ts";
import type { GenerationSnapshot } from "../core/snapshot.ts";
import type { GenerationReport } from "./engine-event.ts";
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
   * The video. Rejects with a {@link VideoError}: the code of the failure, or `canceled`. Resolves at the same moment as `outcome`.
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
   * delivered and charged. Resolves with the outcome.
   */
  cancel(): Promise<GenerationOutcome>;
  /** Stops running it here. Settles nothing; the outcome stays open until `resume()`. */
  detach(): void;
  /** The snapshot: plain data without tokens. */
  toJSON(): GenerationSnapshot;
}

/** What a handle is made from. */
export interface HandleSource {
  readonly snapshot: Observable<GenerationSnapshot>;
  cancel(): void;
  detach(): void;
  on(listener: (event: GenerationReport) => void): () => void;
}

/** The handle of one generation. */
export function createGenerationHandle({ snapshot, cancel, detach, on }: HandleSource): Generation {
  const outcome = whenDecided(snapshot);
  const result = outcome.then(toResult);
  // A caller that awaits `result` still gets the error; this only prevents an unhandled-rejection report when no caller does.
  result.catch(() => undefined);
  return {
    id: snapshot.get().id,
    result,
    outcome,
    getSnapshot: () => snapshot.get(),
    subscribe: (listener) => snapshot.subscribe(listener),
    on,
    cancel() {
      cancel();
      return outcome;
    },
    detach,
    toJSON: () => snapshot.get(),
    [Symbol.asyncIterator]: () => snapshots(snapshot),
  };
}

/** The outcome that a decided snapshot shows; undefined while it runs. */
function outcomeOf(snapshot: GenerationSnapshot): GenerationOutcome | undefined {
  const { id, status, videos, credits, settlement, sessionId, rowId, error } = snapshot;
  if (status === "completed") return { status, id, videos, credits, settlement, sessionId, rowId };
  if (status === "canceled") return { status, id, settlement };
  return error === undefined || status === "running" ? undefined : { status, id, error, settlement };
}

function whenDecided(snapshot: Observable<GenerationSnapshot>): Promise<GenerationOutcome> {
  return new Promise((resolve) => {
    const look = (): void => {
      const outcome = outcomeOf(snapshot.get());
      if (outcome === undefined) return;
      stop();
      resolve(outcome);
    };
    const stop = snapshot.subscribe(look);
    look();
  });
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
