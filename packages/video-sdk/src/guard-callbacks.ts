// The callbacks that an app passes in. What one throws, or returns that cannot be used, is reported, and a default decides instead.
import type { PollDecision, PollingPolicy } from "./core/polling-policy.ts";
import type { Clock, GenerationLocks, Lifecycle, TabChannel, VideoPlatform } from "./platform-ports.ts";
import { causeText, framesOf } from "./thrown-error.ts";
import { isFunction, isObject } from "./value-kinds.ts";

/** A callback of the app that threw, or returned something that cannot be used. Told once for each callback. */
export interface CallbackReport {
  readonly type: "callback-failed";
  /** The option, such as `polling` or `platform.clock.now`. */
  readonly callback: string;
  /** What it threw or returned: the error's name and message. */
  readonly message: string;
  /** Where it was thrown: the frames of its stack. */
  readonly stack?: string | undefined;
}

/** Makes callbacks safe to call. */
export interface CallbackGuard {
  /** Where the policy fails, `otherwise` plans the question. */
  polling(policy: PollingPolicy, otherwise: PollingPolicy): PollingPolicy;
  /** Where the lifecycle fails, there is no reason to pause. */
  lifecycle(lifecycle: Lifecycle): Lifecycle;
  /** Where the channel fails, no message comes or goes. */
  tabChannel(tabChannel: TabChannel): TabChannel;
  /** Where they cannot say when a lock is free, that is not waited for. A lock that cannot be taken is left to the caller. */
  locks(locks: GenerationLocks): GenerationLocks;
  /** Where a member is left out or fails, that of `otherwise` answers. */
  platform(own: Partial<VideoPlatform>, otherwise: VideoPlatform): VideoPlatform;
  /** Where a signal cannot be listened to, it never aborts. */
  signal(signal: CancelSignal): CancelSignal;
  /** Calls back. What it throws is reported. */
  run(callback: string, call: () => void): void;
  /** Reports a callback whose failure is handled elsewhere. */
  tell(callback: string, cause: unknown): void;
}

/** The part of an `AbortSignal` that is used. */
export interface CancelSignal {
  readonly aborted: boolean;
  addEventListener(type: "abort", listener: () => void): void;
  removeEventListener(type: "abort", listener: () => void): void;
}

interface Usable<T> {
  readonly isUsable: (value: unknown) => boolean;
  /** What is usable, for the developer. */
  readonly needs?: string;
  otherwise(): T;
}
/** Calls a callback. Where it fails, reports that and asks the default. */
type Ask = <T>(callback: string, call: () => T, usable: Usable<T>) => T;

/** A guard. `report` is called at most once for each callback, and may throw. */
export function createCallbackGuard(report: (failure: CallbackReport) => void): CallbackGuard {
  const tell = createTell(report);
  const ask = createAsk(tell);
  const isNewId = createIdTest();
  return {
    tell: (callback, cause) => tell(callback, causeText(cause), framesOf(cause)),
    polling: (policy, otherwise) => (context) =>
      ask("polling", () => policy(context), { isUsable: isDecision, otherwise: () => otherwise(context) }),
    lifecycle: (own) => ({
      getPause: () =>
        ask("platform.lifecycle.getPause", () => own.getPause(), { isUsable: isPause, otherwise: nothing }),
      subscribe: (listener) => subscribed("platform.lifecycle.subscribe", () => own.subscribe(listener), ask),
    }),
    tabChannel: (own) => ({
      post: (id) => ask("platform.tabChannel.post", () => own.post(id), OPTIONAL),
      subscribe: (listener) => subscribed("platform.tabChannel.subscribe", () => own.subscribe(listener), ask),
    }),
    locks: (own) => ({
      async tryLock(id, onLost) {
        try {
          return await own.tryLock(id, onLost);
        } catch (cause) {
          tell("platform.locks.tryLock", causeText(cause), framesOf(cause));
          throw cause;
        }
      },
      whenFree:
        own.whenFree &&
        ((id, listener) => subscribed("platform.locks.whenFree", () => own.whenFree?.(id, listener), ask)),
    }),
    platform: ({ clock, random, createId }, otherwise) => ({
      clock: clock === undefined ? otherwise.clock : guardClock(clock, otherwise.clock, ask),
      random: random
        ? () => ask("platform.random", random, { isUsable: isFraction, otherwise: otherwise.random })
        : otherwise.random,
      createId: createId
        ? () => ask("platform.createId", createId, { isUsable: isNewId, needs: ID_RULE, otherwise: otherwise.createId })
        : otherwise.createId,
    }),
    signal: (own) => ({
      aborted: ask("signal", () => own.aborted, { isUsable: isAny, otherwise: () => false }),
      addEventListener: (type, listener) => ask("signal", () => own.addEventListener(type, listener), OPTIONAL),
      removeEventListener: (type, listener) => ask("signal", () => own.removeEventListener(type, listener), OPTIONAL),
    }),
    run: (callback, call) => ask(callback, call, OPTIONAL),
  };
}

type Tell = (callback: string, message: string, stack?: string) => void;

/** Tells of each callback once. */
function createTell(report: (failure: CallbackReport) => void): Tell {
  const told = new Set<string>();
  return (callback, message, stack) => {
    if (told.has(callback)) return;
    told.add(callback);
    try {
      const returned: unknown = report({ type: "callback-failed", callback, message, stack });
      if (returned instanceof Promise) returned.catch(() => undefined);
    } catch {
      // The report is a callback of the app too, and the last one to tell.
    }
  };
}

function createAsk(tell: Tell): Ask {
  return <T>(callback: string, call: () => T, { isUsable, needs = "", otherwise }: Usable<T>): T => {
    try {
      const value = call();
      // An asynchronous callback rejects later: unheard, that would end a Node process.
      if (value instanceof Promise) value.catch((cause: unknown) => tell(callback, causeText(cause), framesOf(cause)));
      if (isUsable(value)) return value;
      tell(callback, `It returned ${isObject(value) ? "an object that lacks something" : String(value)}.${needs}`);
    } catch (cause) {
      tell(callback, causeText(cause), framesOf(cause));
    }
    return otherwise();
  };
}

/** Starts a subscription. Returns how to end it. */
function subscribed(callback: string, start: () => (() => void) | undefined, ask: Ask): () => void {
  const stop = ask(callback, start, { isUsable: isFunction, otherwise: nothing });
  return () => ask(callback, stop ?? nothing, OPTIONAL);
}

function guardClock(own: Clock, otherwise: Clock, ask: Ask): Clock {
  return {
    now: () => ask("platform.clock.now", () => own.now(), { isUsable: Number.isFinite, otherwise: otherwise.now }),
    setTimeout(run, delayMs) {
      const startBy = (by: Clock): Timer => ({ by, timer: by.setTimeout(run, delayMs) });
      return ask("platform.clock.setTimeout", () => startBy(own), {
        isUsable: isAny,
        otherwise: () => startBy(otherwise),
      });
    },
    clearTimeout(started) {
      const { by, timer } = (started ?? {}) as Partial<Timer>; // only what setTimeout above returned comes back
      if (by !== undefined) ask("platform.clock.clearTimeout", () => by.clearTimeout(timer), OPTIONAL);
    },
  };
}

interface Timer {
  readonly by: Clock;
  readonly timer: unknown;
}

/** What `./server` takes as an Idempotency-Key, with room for what some keys add to an id. */
const ID = /^[\x21-\x7e]{8,200}$/;
const ID_RULE = " An id has 8 to 200 visible ASCII characters, and is given once.";
/** How many of the last ids are remembered: as many as there may be ended generations in a list. */
const REMEMBERED_IDS = 1_000;

/** Whether an id can be sent, and was not given before: a second generation under one would be taken for a repeat of the first. */
function createIdTest(): (value: unknown) => boolean {
  const given = new Set<unknown>();
  return (value) => {
    if (typeof value !== "string" || !ID.test(value) || given.has(value)) return false;
    given.add(value);
    const [oldest] = given;
    if (given.size > REMEMBERED_IDS) given.delete(oldest);
    return true;
  };
}

const nothing = (): undefined => undefined;
const isAny = (): boolean => true;
/** Where nothing depends on what is returned. */
const OPTIONAL = { isUsable: isAny, otherwise: nothing };
const isPause = (value: unknown): boolean => value === undefined || value === "offline" || value === "background";
const isFraction = (value: unknown): boolean => typeof value === "number" && value >= 0 && value < 1;

function isDecision(value: unknown): boolean {
  const { waitMs, isSlow, isOverdue }: Partial<PollDecision> = isObject(value) ? value : {};
  return (
    typeof waitMs === "number" && !Number.isNaN(waitMs) && typeof isSlow === "boolean" && typeof isOverdue === "boolean"
  );
}
