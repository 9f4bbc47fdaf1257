// The engine over its ports: checks and prices a request, starts its runner, lists all generations, and resumes what a closed app left.
// Imports neither Convex nor HTTP.
import type { VideoQuote, VideoRequest } from "@video-engine/video-models";
import type { GenerateRequest } from "../attachments/attachment.ts";
import { defaultPollingPolicy, type PollingPolicy } from "../core/polling-policy.ts";
import type { RetryLimits } from "../core/retry-limits.ts";
import { isUnresolved, type GenerationSnapshot } from "../core/snapshot.ts";
import type { GenerationPlan } from "../core/state.ts";
import type { NumberCalls, Rules } from "../core/transition-result.ts";
import { initial } from "../core/transition.ts";
import { VideoError } from "../errors.ts";
import { createCallbackGuard, type CallbackGuard } from "../guard-callbacks.ts";
import type { Guarantee, VideoApi, VideoLedger, VideoSaver } from "../ports.ts";
import type { Clock, Lifecycle, VideoPlatform } from "../platform-ports.ts";
import { canceledSnapshot } from "./canceled-snapshot.ts";
import type { Generation } from "./generation-handle.ts";
import type { DurationStore } from "./duration-store.ts";
import { doubtLifecycle } from "./doubted-lifecycle.ts";
import type { GenerationFilter } from "./filtered-list.ts";
import type { ForgetOptions, Forgotten } from "./forget.ts";
import { createGenerationPool, type PoolOptions } from "./generation-pool.ts";
import type { VideoEngineEvent } from "./engine-event.ts";
import { createJournal, type Journal } from "./journal.ts";
import { learnFromEvents } from "./learn-from-events.ts";
import { callWhenDecided, type OutcomeCallbacks } from "./outcome-callbacks.ts";
import { announceRecords } from "./announce-records.ts";
import { checkNumbers, newNumbers, numbered } from "./numbered-calls.ts";
import { createOncePerTap } from "./once-per-tap.ts";
import { paceQuestions } from "./pace-questions.ts";
import { createPerformEffect, type EffectPorts } from "./perform-effect.ts";
import { createReconcile } from "./reconcile.ts";
import { planRequest, type EngineModels, type PlanOptions } from "./plan-request.ts";
import { queueAcquisitions } from "./queue-acquisitions.ts";
import { refusedSnapshot } from "./refused-snapshot.ts";
import { noFiles, type RequestFiles } from "./request-files.ts";
import { createRecovery, type Persistence, type ResumeOptions } from "./recovery.ts";
import { createReturningHolds } from "./returning-holds.ts";
import { createResumeOnReturn } from "./resume-on-return.ts";
import { takeLock, takeNewLock } from "./take-lock.ts";
import { createWriteAhead } from "./write-ahead.ts";

/** Options of one generation. */
export interface GenerateOptions extends OutcomeCallbacks {
  /** The session to record in. Default: the one that is shown; without one, an empty session is reused or a new one created. */
  readonly sessionId?: string | undefined;
  /** Whether it is recorded in a session of its own where `sessionId` is left out, whichever one is shown. Default false. */
  readonly isSessionOwn?: boolean | undefined;
  /** Aborting it is `cancel()`. If it is already aborted, nothing is called at all. */
  readonly signal?: Pick<AbortSignal, "aborted" | "addEventListener" | "removeEventListener"> | undefined;
  /** Identifies the tap: while a generation with the same key runs, a second call returns its handle. */
  readonly clientKey?: string | undefined;
}

/** Generates videos and keeps the books balanced. Every method works unbound. */
export interface GenerationEngine {
  /** How strongly this backend protects the books. */
  readonly guarantee: Guarantee;
  /**
   * Starts a generation and returns at once. Never throws for a bad request: the handle has then failed with
   * `invalid-request`, `unknown-model`, `model-retired`, or `not-configured` for a model without a price, and nothing was called. Throws `disposed` after `dispose()`.
   */
  generate(request: GenerateRequest, options?: GenerateOptions): Generation;
  /**
   * Resumes every generation of this user that a closed app or another tab left, and settles what is still open. Needs a storage; without
   * one there is nothing to resume. Safe to call twice, and while generations run. A generation that another tab runs is left to that tab,
   * and resumed here if that tab stops early, or is hidden and only waits, where the platform can detect it. Call it once, when the user is
   * signed in: from then on the engine resumes, and reconciles, by itself whenever the platform's lifecycle says that the app is back (at most
   * every five seconds). After another sign-in of the same user, call it again: jobs that wait for a signed-in user are asked about at once.
   */
  resume(options?: ResumeOptions): Promise<readonly Generation[]>;
  /** The handle of a generation that `list()` names, always the same one. */
  get(id: string): Generation | undefined;
  /**
   * The generations of this engine, newest first: all that run, all about which something is open, and the last that have ended (`keepEnded`).
   * With a filter, those that match. The same array until something in it changes.
   */
  list(filter?: GenerationFilter): readonly GenerationSnapshot[];
  /**
   * Ended generations whose credits are still held, or may be, and those whose slot may still count against the user's limit (`openSlot`). The next
   * `resume()` tries them again. A slot whose id is not known (`unknown`) only the backend can free: a user with one slot then reads
   * `slot-limit-reached` until it does, so show what this lists, or have the backend expire slots by their age.
   */
  unresolved(): readonly GenerationSnapshot[];
  /**
   * Reads the balance to resolve the holds that `unresolved()` lists as `unknown`, and settles them. Says by the event `reconcile-undecided` why
   * it cannot, where it cannot. Works on a `reconciled` backend, once
   * nothing runs here and two minutes have passed since it first saw the doubt. Returns the ids that it resolved. The engine calls it when the app
   * comes back; where there is no lifecycle, call it now and then.
   */
  reconcile(): Promise<readonly string[]>;
  /** The listener is called without arguments after each change of the list. Returns an unsubscribe function. */
  subscribe(listener: () => void): () => void;
  /** The price of a request, line by line, with what would be adjusted or refused. Throws for an unknown model and for one without a price. */
  quote(request: VideoRequest): VideoQuote;
  /**
   * Erases what is stored of this user's generations, such as at a sign-out, before `dispose()`. Those that have ended are erased at once, and
   * those that still hold credits, or may, when they are settled: here, or after the next sign-in. With `force` they are erased at once, too;
   * what is given up is in the answer. Rejects with `storage-failed`, and may then be called again; and with `disposed`.
   */
  forget(options?: ForgetOptions): Promise<Forgotten>;
  /** Stops timers and questions. Settles nothing. */
  dispose(): void;
}

/** Work that follows a finished video. Its failures never reach the generation. */
export interface AfterSuccess {
  run(snapshot: GenerationSnapshot, show: (previewImage: string) => void): void;
  stop(): void;
}

/** Options of `createEngine`. */
export interface EngineOptions extends OutcomeCallbacks {
  readonly api: VideoApi;
  readonly ledger: VideoLedger;
  readonly platform: VideoPlatform;
  readonly polling: PollingPolicy;
  /** How often a call is tried before it is given up. */
  readonly retries?: Partial<RetryLimits> | undefined;
  /** How many ended generations stay in `list()` and `get()`. Default 1,000. */
  readonly keepEnded?: number | undefined;
  /** Left out: nothing survives the process. */
  readonly persistence?: Persistence | undefined;
  /** Keeps how long jobs took, for the next start. Left out: each engine learns it anew. */
  readonly durations?: DurationStore | undefined;
  /** Numbers the calls for a ledger that `numbersCalls`, which needs it, and a storage to keep the numbers in. */
  readonly numberCalls?: NumberCalls | undefined;
  /** Reports when calls must pause. Left out: never. */
  readonly lifecycle?: Lifecycle | undefined;
  /** The files that requests may contain. Left out: requests contain URLs only. */
  readonly files?: RequestFiles | undefined;
  /** Saves videos elsewhere before their row shows them. Left out: rows show the provider's addresses. */
  readonly saveVideos?: VideoSaver | undefined;
  /** Work that follows a finished video. It may show a preview image. */
  readonly afterSuccess?: AfterSuccess | undefined;
  /** The models, asked anew at each request. Default: those of this release. */
  readonly registry?: EngineModels | undefined;
  /** Prices a request. Default: the registry's table. */
  readonly quote?: ((request: VideoRequest) => VideoQuote) | undefined;
  /**
   * Called with every event of every generation. What a backend, a callback or a storage said is in them as it was said, which may repeat a prompt:
   * give a log what `loggedEvent` makes of them.
   */
  readonly onEvent?: ((event: VideoEngineEvent) => void) | undefined;
}

/** An engine over these ports. Does no I/O and starts no timer. */
export function createEngine(options: EngineOptions): GenerationEngine {
  checkNumbers(options);
  return engineOf(options, options.persistence && { ...options.persistence, ...STORING });
}

/**
 * An engine over these ports that stores nothing: what runs is lost with the process. For scripts and pages that count bytes, because it carries
 * no code of journals, recovery and hand-over. Does no I/O and starts no timer.
 */
export function createLeanEngine(options: EngineOptions & { readonly persistence?: undefined }): GenerationEngine {
  checkNumbers(options);
  return engineOf(options, undefined);
}

/** What only a storage needs. A bundler leaves it out where `createEngine` is not used. */
const STORING = { createJournal, createRecovery, createWriteAhead, takeLock, takeNewLock, announceRecords };

function engineOf(options: EngineOptions, given: (Persistence & typeof STORING) | undefined): GenerationEngine {
  const { api, platform, registry, files = noFiles, onEvent: hear = () => undefined, afterSuccess } = options;
  const tell = (event: VideoEngineEvent): void => guard.run("onEvent", () => hear(event));
  const { quote, onEvent, taught } = learnFromEvents(options, tell, (id) => pool.get(id)?.getSnapshot());
  const guard = createCallbackGuard(hear);
  const persistence = given && guarded(given, guard);
  let isDisposed = false;
  const [ledger, rules] = [queueAcquisitions(options.ledger), rulesOf(options, guard, taught)];
  const journal = persistence && journalOf(persistence, platform.clock);
  const { perform, lifecycle, holds } = performing(options, { ledger, files: files.uploads }, guard);
  const onNew = (handle: Generation): void => callWhenDecided(handle, options, guard.run);
  const onCancelElsewhere = (id: string): void => recovery?.cancelElsewhere(id);
  const storeAhead: PoolOptions["storeAhead"] =
    journal && ((calls) => persistence.createWriteAhead({ ...calls, journal, platform }));
  const shared = { rules, perform, platform, lifecycle, holds, storeAhead, keepEnded: options.keepEnded };
  const pool = createGenerationPool({ ...shared, onEvent, onNew, onCancelElsewhere, afterSuccess });
  const takeNew = persistence && { locks: persistence.locks, platform, isLeft: () => isDisposed };
  const oncePerTap = createOncePerTap(pool.get);

  const start = (given: GenerateRequest, { signal: own, ...session }: GenerateOptions): Generation => {
    const [id, createdAt] = [platform.createId(), platform.clock.now()];
    const taken = files.take(given);
    const promised = { ...promisedBy(ledger, api), calls: newNumbers(rules, platform) };
    const planned = planRequest(taken, { registry, quote, id, createdAt, ...placeOf(session), ...promised });
    if ("error" in planned) {
      return pool.keepEnded(refusedSnapshot({ id, createdAt, registry, request: taken.request, error: planned.error }));
    }
    const [{ plan }, signal] = [planned, own ? guard.signal(own) : undefined];
    if (signal?.aborted === true) return pool.keepEnded(canceledSnapshot(plan));
    const locked = takeNew && persistence.takeNewLock(takeNew, id, () => recovery?.lockLost(id));
    return pool.run(numbered(rules, initial(plan, taken.files), createdAt), { signal, locked });
  };

  const reconcile = createReconcile({
    ledger,
    clock: platform.clock,
    lock: persistence && ((id) => persistence.takeLock({ ...persistence, clock: platform.clock }, id, () => undefined)),
    pool,
    onUndecided: (reason, doubts) => tell({ type: "reconcile-undecided", reason, doubts }),
    isDisposed: () => isDisposed,
    recorded: journal?.ids,
  });
  const parts = { ...shared, ledger, pool, onEvent: tell, isDisposed: () => isDisposed };
  const recovery = persistence && journal && persistence.createRecovery({ ...parts, journal, persistence });
  const resuming = createResumeOnReturn({ lifecycle, clock: platform.clock, recovery, reconcile });
  const alive = <T>(run: () => T): T => {
    if (isDisposed) throw new VideoError("disposed");
    return run();
  };

  return {
    guarantee: ledger.guarantee,
    generate: (request, generateOptions = {}) =>
      alive(() => {
        const handle = oncePerTap(generateOptions.clientKey, () => start(request, generateOptions));
        callWhenDecided(handle, generateOptions, guard.run);
        return handle;
      }),
    async resume(resumeOptions = {}) {
      const ids = await alive(() => resuming.resume(resumeOptions));
      pool.wake();
      return ids.flatMap((id) => pool.get(id) ?? []);
    },
    async reconcile() {
      return await alive(reconcile.run);
    },
    async forget(forgetOptions = {}) {
      return (await alive(() => recovery?.forget(forgetOptions))) ?? { kept: [], givenUp: [] };
    },
    unresolved: () => pool.list().filter((ended) => isUnresolved(ended) || ended.openSlot !== undefined),
    get: pool.get,
    list: pool.list,
    subscribe: pool.subscribe,
    quote,
    dispose() {
      isDisposed = true;
      resuming.stop();
      afterSuccess?.stop();
      pool.detachAll();
      ledger.close?.();
    },
  };
}

function promisedBy(
  { guarantee, showsRefunds, sentFields }: VideoLedger,
  { isSubmitRepeatable }: VideoApi,
): Pick<PlanOptions, "guarantee" | "showsRefund" | "sentFields" | "isSubmitRepeatable"> {
  return { guarantee, showsRefund: showsRefunds === true || undefined, sentFields, isSubmitRepeatable };
}

function placeOf({ sessionId, isSessionOwn }: GenerateOptions): Pick<GenerationPlan, "sessionId" | "isSessionOwn"> {
  return { sessionId, isSessionOwn: isSessionOwn === true ? true : undefined };
}

function rulesOf(
  { polling, retries, saveVideos, ledger, numberCalls }: EngineOptions,
  guard: CallbackGuard,
  taught: (policy: PollingPolicy) => PollingPolicy,
): Rules {
  const policy = taught(guard.polling(polling, defaultPollingPolicy));
  const used = ledger.numbersCalls === true ? numberCalls : undefined;
  return { polling: policy, retries, savesVideos: saveVideos !== undefined, numberCalls: used };
}

function guarded<T extends Persistence>(persistence: T, guard: CallbackGuard): T {
  const { locks, tabChannel } = persistence;
  return {
    ...persistence,
    locks: guard.locks(locks),
    tabChannel: tabChannel && guard.tabChannel(tabChannel),
    onFailed: (method, cause) => guard.tell(`platform.storage.${method}`, cause),
  };
}

/** Calls that are spread, wait for credits that come back, and tell the lifecycle, where there is one, what they prove. */
function performing(
  { api, saveVideos, platform, lifecycle: given }: EngineOptions,
  ports: Pick<EffectPorts, "ledger" | "files">,
  guard: CallbackGuard,
) {
  const perform = paceQuestions(createPerformEffect({ api, saveVideos, ...ports }), platform.clock);
  const lifecycle = given && doubtLifecycle(guard.lifecycle(given), ports.ledger);
  const holds = createReturningHolds(platform.clock);
  return { lifecycle, holds, perform: holds.watch(lifecycle?.watch(perform) ?? perform) };
}

function journalOf(persistence: Persistence & typeof STORING, clock: Clock): Journal {
  const journal = persistence.createJournal(persistence, clock);
  const { tabChannel } = persistence;
  return tabChannel === undefined ? journal : persistence.announceRecords(journal, tabChannel);
}
