// What generate() gives back: something to await, to watch, to cancel and to let go. Knows no machine, only snapshots.
import { fromVideoErrorData, VideoError, type Settlement, type VideoErrorData } from "../errors.ts";
import type { GenerationSnapshot } from "../core/snapshot.ts";
import type { VideoEngineEvent } from "./generation-runner.ts";
import type { Observable } from "../observable.ts";

/** A video that is there. */
export interface GenerationResult {
  readonly id: string;
  /** At least one URL. */
  readonly videos: readonly string[];
  /** Whole credits that were charged for, or are held. */
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
 * One generation. Await it for the video (throws {@link VideoError}: the failure's code, or `canceled`), or watch it.
 * Not awaiting it is fine: a failure nobody asks for is never an unhandled rejection. Every method works unbound.
 */
export interface Generation extends PromiseLike<GenerationResult>, AsyncIterable<GenerationSnapshot> {
  readonly id: string;
  /** The same object until something changed. */
  getSnapshot(): GenerationSnapshot;
  /** Called without arguments after each change. Gives back the way to stop. */
  subscribe(listener: () => void): () => void;
  /** Everything that happens, typed. Gives back the way to stop. */
  on(listener: (event: VideoEngineEvent) => void): () => void;
  /** Asks to cancel. Before the submit it settles at once; after it the provider's answer decides, and a video that comes anyway is delivered and charged. Resolves with the outcome. */
  cancel(): Promise<GenerationOutcome>;
  /** Stops watching here. Nothing is settled by it, and the outcome stays open. */
  detach(): void;
  /** Resolves once, when the books are final. Never rejects. */
  readonly outcome: Promise<GenerationOutcome>;
  /** The snapshot: plain data, no token in it. */
  toJSON(): GenerationSnapshot;
}

/** What a handle is made from. */
export interface HandleSource {
  readonly snapshot: Observable<GenerationSnapshot>;
  cancel(): void;
  detach(): void;
  on(listener: (event: VideoEngineEvent) => void): () => void;
}

/** The handle of one generation. */
export function createGenerationHandle({ snapshot, cancel, detach, on }: HandleSource): Generation {
  const outcome = whenDecided(snapshot);
  const result = outcome.then(toResult);
  // The error is still there for whoever awaits; this only keeps an unawaited handle from being reported as unhandled.
  result.catch(() => undefined);
  return {
    id: snapshot.get().id,
    getSnapshot: () => snapshot.get(),
    subscribe: (listener) => snapshot.subscribe(listener),
    on,
    cancel() {
      cancel();
      return outcome;
    },
    detach,
    outcome,
    toJSON: () => snapshot.get(),
    // oxlint-disable-next-line unicorn/no-thenable -- awaiting the handle is the point
    then: (onDone, onFailed) => result.then(onDone, onFailed),
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

function toResult(outcome: GenerationOutcome): GenerationResult {
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
 * The current snapshot, then each later one; a slow reader sees the latest, not a backlog. Ends when the outcome is known. Leaving early only
 * stops reading, at once: a generator would first wait for the next change.
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

  // One after the other, as a generator would: two asks at once are two snapshots.
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
