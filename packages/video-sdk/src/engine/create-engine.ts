// The engine over its ports: checks and prices a request, starts a runner for it, keeps them all, and takes up what a closed app left.
// Knows neither Convex nor HTTP.
import { checkVideoRequest, quoteVideo, type VideoQuote, type VideoRequest } from "@video-engine/video-models";
import type { PollingPolicy } from "../core/polling-policy.ts";
import type { GenerationSnapshot } from "../core/snapshot.ts";
import type { GenerationPlan, Guarantee } from "../core/state.ts";
import type { Rules } from "../core/step.ts";
import { initial } from "../core/transition.ts";
import { VideoError } from "../errors.ts";
import type { Claims, KeyValueStorage, VideoApi, VideoLedger, VideoPlatform } from "../ports.ts";
import { canceledSnapshot } from "./canceled-snapshot.ts";
import type { Generation } from "./generation-handle.ts";
import { createGenerationPool } from "./generation-pool.ts";
import type { EngineEvent } from "./generation-runner.ts";
import { createJournal, type JournalOptions } from "./journal.ts";
import { createPerformEffect } from "./perform-effect.ts";
import { createReconcile, isUnresolved } from "./reconcile.ts";
import { refusedSnapshot } from "./refused-snapshot.ts";
import { serializeSlots } from "./serialize-slots.ts";
import { claimOf, createTakeUp } from "./take-up.ts";

/** What may be said of one generation. */
export interface GenerateOptions {
  /** The session to record in. Left out: one is created or an empty one reused. */
  readonly sessionId?: string;
  /** Aborting it is `cancel()`. Already aborted: nothing is called at all. */
  readonly signal?: Pick<AbortSignal, "aborted" | "addEventListener" | "removeEventListener">;
  /** The tap this generation is for: while one with the same key runs, a second call gives back its handle. */
  readonly clientKey?: string;
}

/** Generates videos and keeps the books balanced. Every method works unbound. */
export interface VideoEngine {
  /** How strongly the books are protected by this backend. */
  readonly guarantee: Guarantee;
  /**
   * Starts a generation and returns at once. Never throws for a bad request: the handle has then failed with
   * `invalid-request` or `unknown-model`, and nothing was called. Throws `disposed` after `dispose()`.
   */
  generate(request: VideoRequest, options?: GenerateOptions): Generation;
  /**
   * Takes up every generation of this user that a closed app or another tab has left, and settles what is still open. Needs a
   * storage; without one there is nothing to take up. Safe to call twice and while generations run. Those that another tab drives
   * are left to it.
   */
  resume(): Promise<readonly Generation[]>;
  /** The handle of a generation of this engine, always the same one. */
  get(id: string): Generation | undefined;
  /** All generations of this engine, the newest first. The same array until something changed. */
  list(): readonly GenerationSnapshot[];
  /** Ended generations whose credits are still held, or may be. They are tried again at the next `resume()`. */
  unresolved(): readonly GenerationSnapshot[];
  /**
   * Reads back what has become of the holds that `unresolved()` lists as `unknown`, and settles them: on a `read-back` backend, once
   * nothing runs here and two minutes have passed since this first saw the doubt. Gives back the ids that it has resolved; call it
   * now and then, such as when the app comes to the foreground.
   */
  reconcile(): Promise<readonly string[]>;
  /** Called without arguments after each change of the list. Gives back the way to stop. */
  subscribe(listener: () => void): () => void;
  /** The price of a request, line by line, and what would be fitted or refused. Throws for an unknown model. */
  quote(request: VideoRequest): VideoQuote;
  /** Stops timers and questions. Nothing is settled by leaving. */
  dispose(): void;
}

/** Where generations are kept for the next start of the app. */
export interface EngineStorage extends JournalOptions {
  readonly storage: KeyValueStorage;
  readonly claims: Claims;
}

/** What an engine is made from. */
export interface EngineOptions {
  readonly api: VideoApi;
  readonly ledger: VideoLedger;
  readonly platform: VideoPlatform;
  readonly polling: PollingPolicy;
  /** Left out: nothing survives the process. */
  readonly kept?: EngineStorage;
  /** Prices a request. Default: the registry's table. */
  readonly quote?: (request: VideoRequest) => VideoQuote;
  readonly onEvent?: (event: EngineEvent) => void;
}

/** An engine over these ports. Does no I/O and starts no timer. */
export function createEngine(options: EngineOptions): VideoEngine {
  const { api, platform, polling, kept, quote = quoteVideo, onEvent = () => undefined } = options;
  const ledger = serializeSlots(options.ledger);
  const rules: Rules = { polling };
  const journal = kept && createJournal(kept);
  const pool = createGenerationPool({
    rules,
    perform: createPerformEffect({ api, ledger }),
    platform,
    journal,
    onEvent,
  });
  const byClientKey = new Map<string, Generation>();
  let isDisposed = false;

  const start = (request: VideoRequest, { sessionId, signal }: GenerateOptions): Generation => {
    const base = { id: platform.createId(), createdAt: platform.clock.now() };
    const checked = checkVideoRequest(request);
    if (!checked.ok) return pool.keepEnded(refusedSnapshot({ ...base, request, issues: checked.issues }));
    const { request: resolved, credits } = quote(checked.request);
    const plan: GenerationPlan = {
      ...{ ...base, request: resolved, credits, guarantee: ledger.guarantee },
      isSubmitRepeatable: api.isSubmitRepeatable,
      ...(sessionId === undefined ? {} : { sessionId }),
    };
    if (signal?.aborted === true) return pool.keepEnded(canceledSnapshot(plan, rules));
    return pool.run(initial(plan), { signal, claimed: kept && claimOf(kept.claims, plan.id) });
  };

  const reconcile = createReconcile({
    ...{ ledger, clock: platform.clock, claims: kept?.claims },
    ...{ list: pool.list.get, tell: pool.tell },
    ...(journal === undefined ? {} : { recorded: journal.ids }),
  });
  const takeUp =
    kept &&
    journal &&
    createTakeUp({ ...{ journal, claims: kept.claims, pool, platform, rules }, isDisposed: () => isDisposed });

  return {
    guarantee: ledger.guarantee,
    generate(request, generateOptions = {}) {
      if (isDisposed) throw new VideoError("disposed");
      const { clientKey } = generateOptions;
      if (clientKey === undefined) return start(request, generateOptions);
      const known = byClientKey.get(clientKey);
      if (known?.getSnapshot().status === "running") return known;
      const handle = start(request, generateOptions);
      byClientKey.set(clientKey, handle);
      void handle.outcome.then(() => byClientKey.get(clientKey) === handle && byClientKey.delete(clientKey));
      return handle;
    },
    async resume() {
      if (isDisposed) throw new VideoError("disposed");
      const ids = (await journal?.ids()) ?? [];
      for (const id of ids) await takeUp?.(id);
      return ids.flatMap((id) => pool.get(id) ?? []);
    },
    async reconcile() {
      if (isDisposed) throw new VideoError("disposed");
      return await reconcile();
    },
    unresolved: () => pool.list.get().filter(isUnresolved),
    get: pool.get,
    list: pool.list.get,
    subscribe: pool.list.subscribe,
    quote,
    dispose() {
      isDisposed = true;
      pool.detachAll();
    },
  };
}
