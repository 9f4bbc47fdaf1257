// What generate() returns: a handle to watch, cancel or detach from. Sees only snapshots.
import { fromVideoErrorData, toVideoError, VideoError, type Settlement, type VideoErrorData } from "../errors.ts";
import type { GenerationSnapshot } from "../core/snapshot.ts";
import type { GenerationReport } from "./engine-event.ts";
import type { Clock } from "../platform-ports.ts";
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
  /** Left out: that of the snapshot. */
  readonly id?: string;
  readonly clock: Pick<Clock, "setTimeout" | "clearTimeout">;
  readonly snapshot: Observable<GenerationSnapshot>;
  /** Whether it is certain that the snapshot shows no outcome. Left out: it is read after each change. */
  isUnderWay?(): boolean;
  cancel(): void;
  detach(): void;
  on(listener: (event: GenerationReport) => void): () => void;
}

/** The handle of one generation. */
export function createGenerationHandle(source: HandleSource): Generation {
  return new GenerationHandle(source);
}

/**
 * What there is of a handle beside its id is made when the app asks for it, and kept: a screen asks for snapshots, a script for the result. All of
 * it is the handle's own, so that a copy (`{ ...handle }`) has it too.
 */
class GenerationHandle implements Generation {
  declare readonly id: string;
  declare readonly outcome: Generation["outcome"];
  declare readonly result: Generation["result"];
  declare readonly [Symbol.asyncIterator]: Generation[typeof Symbol.asyncIterator];
  declare readonly getSnapshot: Generation["getSnapshot"];
  declare readonly subscribe: Generation["subscribe"];
  declare readonly on: Generation["on"];
  declare readonly cancel: Generation["cancel"];
  declare readonly detach: Generation["detach"];
  declare readonly toJSON: Generation["toJSON"];
  declare readonly source: HandleSource;
  declare made: Record<string, unknown> | undefined;
  declare stopWaiting: (() => void) | undefined;

  constructor(source: HandleSource) {
    this.id = source.id ?? source.snapshot.get().id;
    this.source = source;
    this.made = undefined;
    this.stopWaiting = undefined;
    Object.defineProperties(this, SHARED);
  }
}

type Parts = Omit<Generation, "id" | typeof Symbol.asyncIterator>;

const MAKERS: { readonly [Name in keyof Parts]: (handle: GenerationHandle) => Parts[Name] } = {
  outcome: ({ source }) => firstOf(source, outcomeOf),
  result: ({ source }) => resultOf(source),
  getSnapshot:
    ({ source: { snapshot } }) =>
    () =>
      snapshot.get(),
  subscribe:
    ({ source: { snapshot } }) =>
    (listener) =>
      snapshot.subscribe(listener),
  on:
    ({ source }) =>
    (listener) =>
      source.on(listener),
  cancel: (handle) => () => {
    handle.source.cancel();
    return Promise.race([handle.outcome, requested(handle)]);
  },
  detach: (handle) => () => {
    handle.stopWaiting?.();
    handle.source.detach();
  },
  toJSON: ({ getSnapshot }) => getSnapshot,
};

/** React Native before 0.84 has no such symbol. What its compiler makes of `for await` looks for this name then. */
const ASYNC_ITERATOR = (Symbol as { readonly asyncIterator?: symbol }).asyncIterator ?? "@@asyncIterator";

const SHARED = /* @__PURE__ */ sharedBy(MAKERS);

/** The properties of every handle. */
function sharedBy(makers: typeof MAKERS): PropertyDescriptorMap {
  const properties = Object.entries(makers).map(([name, make]): [string, PropertyDescriptor] => {
    const get = function (this: GenerationHandle): unknown {
      this.made ??= {};
      return (this.made[name] ??= make(this));
    };
    return [name, { enumerable: true, get }];
  });
  const iterate = function (this: GenerationHandle): AsyncIterator<GenerationSnapshot> {
    return snapshots(this.source.snapshot);
  };
  return { ...Object.fromEntries(properties), [ASYNC_ITERATOR]: { enumerable: true, value: iterate } };
}

async function requested(handle: GenerationHandle): Promise<CancelResult> {
  const { clock, snapshot } = handle.source;
  await new Promise<void>((resolve) => {
    const timer = clock.setTimeout(resolve, CANCEL_ANSWERED_MS);
    handle.stopWaiting = () => {
      clock.clearTimeout(timer);
      resolve();
    };
    void handle.outcome.then(handle.stopWaiting);
  });
  const { id, settlement } = snapshot.get();
  return { status: "requested", id, settlement };
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

/** The result, or a rejection. */
function resultOf(source: HandleSource): Promise<GenerationResult> {
  const result = firstOf(source, resultIn);
  // A caller that awaits `result` still gets the error; this only prevents an unhandled-rejection report when no caller does.
  result.catch(() => undefined);
  return result;
}

function resultIn(shown: GenerationSnapshot): GenerationResult | undefined {
  const outcome = outcomeOf(shown) ?? deliveryOf(shown);
  return outcome && toResult(outcome);
}

/** The first that is found in a snapshot, from now on. Rejects with what `find` throws. */
function firstOf<T>(source: HandleSource, find: (shown: GenerationSnapshot) => T | undefined): Promise<T> {
  return new Promise((resolve, reject) => {
    const { snapshot } = source;
    const look = (): void => {
      if (source.isUnderWay?.() === true) return;
      try {
        const found = find(snapshot.get());
        if (found === undefined) return;
        resolve(found);
      } catch (error) {
        reject(toVideoError(error));
      }
      stop();
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
