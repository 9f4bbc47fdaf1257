// The engine over its ports: checks and prices a request, starts a runner for it, keeps them all, and takes up what a closed app left.
// Knows neither Convex nor HTTP.
import { checkVideoRequest, quoteVideo, type VideoQuote, type VideoRequest } from "@video-engine/video-models";
import type { GenerateRequest } from "../attachments/attachment.ts";
import type { PollingPolicy } from "../core/polling-policy.ts";
import type { GenerationSnapshot } from "../core/snapshot.ts";
import type { GenerationPlan } from "../core/state.ts";
import type { Rules } from "../core/transition-result.ts";
import { initial } from "../core/transition.ts";
import { VideoError } from "../errors.ts";
import type {
  GenerationLocks,
  Guarantee,
  KeyValueStorage,
  Lifecycle,
  TabChannel,
  VideoApi,
  VideoLedger,
  VideoPlatform,
} from "../ports.ts";
import { canceledSnapshot } from "./canceled-snapshot.ts";
import type { Generation } from "./generation-handle.ts";
import { createGenerationPool } from "./generation-pool.ts";
import type { VideoEngineEvent } from "./generation-runner.ts";
import { createJournal, type Journal, type JournalOptions } from "./journal.ts";
import { announceRecords } from "./announce-records.ts";
import { createPerformEffect } from "./perform-effect.ts";
import { createReconcile, isUnresolved } from "./reconcile.ts";
import { refusedSnapshot } from "./refused-snapshot.ts";
import { serializeSlots } from "./serialize-slots.ts";
import { noFiles, type RequestFiles } from "./request-files.ts";
import { createTaking } from "./taking.ts";
import { takeLock } from "./take-up.ts";

/** What may be said of one generation. */
export interface GenerateOptions {
  /** The session to record in. Left out: the one that is shown, or else one is created or an empty one reused. */
  readonly sessionId?: string;
  /** Aborting it is `cancel()`. Already aborted: nothing is called at all. */
  readonly signal?: Pick<AbortSignal, "aborted" | "addEventListener" | "removeEventListener">;
  /** The tap this generation is for: while one with the same key runs, a second call gives back its handle. */
  readonly clientKey?: string;
}

/** How to take up what was left. */
export interface ResumeOptions {
  /**
   * Also takes over rows of the grid that are loading and know their job but have no record here: started on another device, or before
   * the storage was lost. Their video is delivered; their credits are settled by `reconcile()` only, where the balance can be read.
   * Default false.
   */
  readonly adopt?: boolean;
}

/** Generates videos and keeps the books balanced. Every method works unbound. */
export interface GenerationEngine {
  /** How strongly the books are protected by this backend. */
  readonly guarantee: Guarantee;
  /**
   * Starts a generation and returns at once. Never throws for a bad request: the handle has then failed with
   * `invalid-request` or `unknown-model`, and nothing was called. Throws `disposed` after `dispose()`.
   */
  generate(request: GenerateRequest, options?: GenerateOptions): Generation;
  /**
   * Takes up every generation of this user that a closed app or another tab has left, and settles what is still open. Needs a
   * storage; without one there is nothing to take up. Safe to call twice and while generations run. Those that another tab drives
   * are left to it, and taken up when that tab dies, where the platform can tell. Call it at the start, after a sign-in, and whenever
   * the app comes back: what waits for a signed-in user is asked about at once.
   */
  resume(options?: ResumeOptions): Promise<readonly Generation[]>;
  /** The handle of a generation of this engine, always the same one. */
  get(id: string): Generation | undefined;
  /** All generations of this engine, the newest first. The same array until something changed. */
  list(): readonly GenerationSnapshot[];
  /** Ended generations whose credits are still held, or may be. They are tried again at the next `resume()`. */
  unresolved(): readonly GenerationSnapshot[];
  /**
   * Reads back what has become of the holds that `unresolved()` lists as `unknown`, and settles them: on a `reconciled` backend, once
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
export interface Persistence extends JournalOptions {
  readonly storage: KeyValueStorage;
  readonly locks: GenerationLocks;
  /** Word among the tabs that share the storage. */
  readonly tabChannel?: TabChannel | undefined;
}

/** What is done when a video is there: nothing of it reaches the generation. */
export interface AfterSuccess {
  run(snapshot: GenerationSnapshot, show: (previewImage: string) => void): void;
  stop(): void;
}

/** What an engine is made from. */
export interface EngineOptions {
  readonly api: VideoApi;
  readonly ledger: VideoLedger;
  readonly platform: VideoPlatform;
  readonly polling: PollingPolicy;
  /** Left out: nothing survives the process. */
  readonly persistence?: Persistence | undefined;
  /** What says when nothing may be asked. Left out: it always may. */
  readonly lifecycle?: Lifecycle | undefined;
  /** The files that requests may bring. Left out: requests bring URLs only. */
  readonly files?: RequestFiles | undefined;
  /** What is done when a video is there. It may show the picture of it. */
  readonly afterSuccess?: AfterSuccess | undefined;
  /** Prices a request. Default: the registry's table. */
  readonly quote?: ((request: VideoRequest) => VideoQuote) | undefined;
  readonly onEvent?: ((event: VideoEngineEvent) => void) | undefined;
}

/** An engine over these ports. Does no I/O and starts no timer. */
export function createEngine(options: EngineOptions): GenerationEngine {
  const { api, platform, polling, persistence, lifecycle, files = noFiles, quote = quoteVideo } = options;
  let isDisposed = false;
  const ledger = serializeSlots(options.ledger);
  const rules: Rules = { polling };
  const journal = persistence && journalOf(persistence);
  const perform = createPerformEffect({ api, ledger, files: files.uploads });
  const { onEvent = () => undefined, afterSuccess } = options;
  const pool = createGenerationPool({ rules, perform, platform, lifecycle, journal, onEvent, afterSuccess });
  const byClientKey = new Map<string, string>();

  const start = (given: GenerateRequest, { sessionId, signal }: GenerateOptions): Generation => {
    const base = { id: platform.createId(), createdAt: platform.clock.now() };
    const taken = files.take(given);
    const checked = checkVideoRequest(taken.request);
    const issues = [...taken.issues, ...(checked.ok ? [] : checked.issues)];
    if (!checked.ok || issues.length > 0) {
      return pool.keepEnded(refusedSnapshot({ ...base, request: taken.request, issues }));
    }
    const { request, credits } = quote(checked.request);
    const plan: GenerationPlan = {
      ...{ ...base, request, credits, guarantee: ledger.guarantee, isSubmitRepeatable: api.isSubmitRepeatable },
      ...(sessionId === undefined ? {} : { sessionId }),
    };
    if (signal?.aborted === true) return pool.keepEnded(canceledSnapshot(plan, rules));
    const locked = persistence && takeLock(persistence.locks, plan.id, () => taking?.lost(plan.id));
    return pool.run(initial(plan, taken.files), { signal, locked });
  };

  const reconcile = createReconcile({
    ...{ ledger, clock: platform.clock, locks: persistence?.locks },
    ...{ list: pool.list.get, tell: pool.tell, isDisposed: () => isDisposed },
    ...(journal === undefined ? {} : { recorded: journal.ids }),
  });
  const taking =
    persistence &&
    journal &&
    createTaking({ ledger, journal, persistence, pool, platform, rules, isDisposed: () => isDisposed });
  const alive = <T>(run: () => T): T => {
    if (isDisposed) throw new VideoError("disposed");
    return run();
  };

  return {
    guarantee: ledger.guarantee,
    generate: (request, generateOptions = {}) =>
      alive(() => {
        const { clientKey } = generateOptions;
        if (clientKey === undefined) return start(request, generateOptions);
        // By id: one that was let go of and taken up again has another handle.
        const known = pool.get(byClientKey.get(clientKey) ?? "");
        if (known?.getSnapshot().status === "running") return known;
        const handle = start(request, generateOptions);
        byClientKey.set(clientKey, handle.id);
        void handle.outcome.then(() => byClientKey.get(clientKey) === handle.id && byClientKey.delete(clientKey));
        return handle;
      }),
    async resume(resumeOptions = {}) {
      const ids = await alive(() => taking?.takeAll(resumeOptions));
      pool.wake();
      return (ids ?? []).flatMap((id) => pool.get(id) ?? []);
    },
    async reconcile() {
      return await alive(reconcile);
    },
    unresolved: () => pool.list.get().filter(isUnresolved),
    get: pool.get,
    list: pool.list.get,
    subscribe: pool.list.subscribe,
    quote,
    dispose() {
      isDisposed = true;
      taking?.stop();
      afterSuccess?.stop();
      pool.detachAll();
    },
  };
}

function journalOf(persistence: Persistence): Journal {
  const journal = createJournal(persistence);
  return persistence.tabChannel === undefined ? journal : announceRecords(journal, persistence.tabChannel);
}
