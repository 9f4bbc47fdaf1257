// What goes wrong around an engine for a while, beside single calls: its locks, its storage, its app's callbacks, flags and clock. Plain data, so
// that a run can be repeated, and what an engine meets of it. Uses no engine.
import { hostileValue } from "./hostile-values.ts";
import { createMovingCatalogue, type MovingCatalogue } from "./moving-catalogue.ts";
import type { PollDecision, PollingPolicy } from "../../core/polling-policy.ts";
import type { Clock, GenerationLocks, KeyValueStorage, Lifecycle, PauseReason } from "../../platform-ports.ts";

/**
 * `locks-fail`: no lock can be taken. `locks-hang`: the locks do not answer. `storage-slow`: each call of the storage takes 40 seconds.
 * `callbacks-throw`: the app's polling policy and lifecycle throw. `offline`, `background`: the device says so, though every call goes through.
 * `clock-ahead`, `clock-behind`: the device's clock is set by two hours. `row-deleted`: the user deletes the newest tile that has a job, once.
 * `storage-garbled`: every other read of a record gives half of it, or another one. `catalogue-moves`: models are retired, vanish, get other limits,
 * names and prices, from minute to minute. `durations-odd`: what is stored of the times of earlier jobs is absurd, and that storage fails now and then.
 */
export type HazardKind = (typeof HAZARDS)[number];

/** Every kind of hazard. */
export const HAZARDS = [
  "locks-fail",
  "locks-hang",
  "storage-slow",
  "callbacks-throw",
  "offline",
  "background",
  "clock-ahead",
  "clock-behind",
  "row-deleted",
  "storage-garbled",
  "catalogue-moves",
  "durations-odd",
] as const;

/** By how many milliseconds a clock that is ahead, or behind, is wrong. */
export const CLOCK_STEP_MS = 2 * 3_600_000;

/** One hazard. Milliseconds since the world began. */
export interface Hazard {
  readonly kind: HazardKind;
  readonly fromMs: number;
  readonly untilMs: number;
}

/** What surrounds the engines of a device. */
export interface Surroundings {
  readonly clock: Clock;
  readonly lifecycle: Lifecycle | undefined;
  locks(locks: GenerationLocks): GenerationLocks;
  storage(storage: KeyValueStorage): KeyValueStorage;
  polling(policy: PollingPolicy): PollingPolicy;
  readonly catalogue: MovingCatalogue;
  /** Where the times of earlier jobs are kept; one storage for all. */
  readonly durations: KeyValueStorage;
}

/** What these hazards do. `deleteRow` deletes the newest tile that has a job. */
export function surroundingsOf(hazards: readonly Hazard[], clock: Clock, deleteRow: () => void): Surroundings {
  const startedAt = clock.now();
  const isOn = (kind: HazardKind): boolean => {
    const at = clock.now() - startedAt;
    return hazards.some((one) => one.kind === kind && at >= one.fromMs && at < one.untilMs);
  };
  const listeners = new Set<() => void>();
  const changes = hazards.filter(({ kind }) => kind === "offline" || kind === "background");
  for (const { fromMs, untilMs } of changes) {
    for (const at of [fromMs, untilMs]) clock.setTimeout(() => listeners.forEach((listener) => listener()), at);
  }
  for (const { kind, fromMs } of hazards) if (kind === "row-deleted") clock.setTimeout(deleteRow, fromMs);
  const throwIfOn = (kind: HazardKind): void => {
    if (isOn(kind)) throw new Error(`A hazard: ${kind}.`);
  };
  return {
    clock: {
      ...clock,
      now: () => clock.now() + CLOCK_STEP_MS * (Number(isOn("clock-ahead")) - Number(isOn("clock-behind"))),
    },
    lifecycle: hazards.length === 0 ? undefined : lifecycleOf({ isOn, throwIfOn, listeners }),
    locks: (locks) => ({
      ...locks,
      async tryLock(id, onLost) {
        throwIfOn("locks-fail");
        return isOn("locks-hang") ? new Promise(() => undefined) : await locks.tryLock(id, onLost);
      },
    }),
    storage: (storage) =>
      garbledWhile(
        () => isOn("storage-garbled"),
        slowWhile(() => isOn("storage-slow"), storage, clock),
      ),
    catalogue: createMovingCatalogue(() =>
      isOn("catalogue-moves") ? Math.floor((clock.now() - startedAt) / MOVES_MS) : undefined,
    ),
    durations: oddWhile(() => isOn("durations-odd")),
    polling:
      (policy) =>
      (context): PollDecision => {
        throwIfOn("callbacks-throw");
        return policy(context);
      },
  };
}

const SLOW_MS = 40_000;
const MOVES_MS = 20_000;

interface LifecycleParts {
  isOn(kind: HazardKind): boolean;
  throwIfOn(kind: HazardKind): void;
  readonly listeners: Set<() => void>;
}

function lifecycleOf({ isOn, throwIfOn, listeners }: LifecycleParts): Lifecycle {
  return {
    getPause(): PauseReason | undefined {
      throwIfOn("callbacks-throw");
      if (isOn("offline")) return "offline";
      return isOn("background") ? "background" : undefined;
    },
    subscribe(listener) {
      const own = (): void => listener();
      listeners.add(own);
      return () => void listeners.delete(own);
    },
  };
}

function slowWhile(isSlow: () => boolean, storage: KeyValueStorage, clock: Clock): KeyValueStorage {
  const slowed = async <T>(run: () => T | PromiseLike<T>): Promise<T> => {
    if (isSlow()) await new Promise<void>((resolve) => void clock.setTimeout(resolve, SLOW_MS));
    return await run();
  };
  return {
    getItem: (key) => slowed(() => storage.getItem(key)),
    setItem: (key, text) => slowed(() => storage.setItem(key, text)),
    removeItem: (key) => slowed(() => storage.removeItem(key)),
    keys: storage.keys && (() => slowed(() => storage.keys?.() ?? [])),
  };
}

/** Each wrong text is given once: the next read of the same record is right. */
function garbledWhile(isGarbled: () => boolean, storage: KeyValueStorage): KeyValueStorage {
  let reads = 0;
  let last: string | undefined;
  return {
    ...storage,
    async getItem(key) {
      const text = await storage.getItem(key);
      if (typeof text !== "string" || !key.includes(":record:")) return text;
      const another = last ?? text;
      last = text;
      if (!isGarbled() || reads++ % 2 === 1) return text;
      return reads % 4 === 3 ? another : text.slice(0, Math.floor(text.length / 2));
    },
  };
}

const ODD_DURATIONS = [
  ...['{"vid-of-tomorrow":[1e300,-1,"7",null,{}]}', '{"vid-veo-3.1-fast":[1,1,1e9],"__proto__":[5]}', "[[[", "null"],
  ...['{"vid-veo-3.1-fast":{"0":5},"another-app":[1]}', JSON.stringify({ "vid-veo-3.1-fast": Array(10_000).fill(2) })],
];

function oddWhile(isOdd: () => boolean): KeyValueStorage {
  const items = new Map<string, string>();
  let calls = 0;
  const meet = (): string | undefined => {
    calls++;
    if (isOdd() && calls % 2 === 0) throw hostileValue(calls);
    return isOdd() ? ODD_DURATIONS[Math.floor(calls / 2) % ODD_DURATIONS.length] : undefined;
  };
  return {
    getItem: (key) => meet() ?? items.get(key),
    setItem: (key, text) => meet() ?? items.set(key, text),
    removeItem: (key) => meet() ?? items.delete(key),
  };
}

/** Draws the hazards of a world: mostly none or one. `span` draws a time. */
export function drawHazards(below: (limit: number) => number, span: () => number): readonly Hazard[] {
  const count = [0, 0, 1, 1, 2][below(5)] ?? 0;
  return Array.from({ length: count }, () => {
    const [kind = "locks-fail", fromMs] = [HAZARDS[below(HAZARDS.length)], span()];
    return { kind, fromMs, untilMs: fromMs + span() };
  });
}
