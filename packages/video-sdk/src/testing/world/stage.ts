// Everything around the engines of one device, on any clock: backend, storage, locks, faults and checks.
// create-world.ts and run-soak.ts start and end the processes and move the time.
import { isUnconfirmed } from "../../core/acquiring.ts";
import { createEngine, type EngineOptions } from "../../engine/create-engine.ts";
import { createDurationStore } from "../../engine/duration-store.ts";
import type { GenerationState } from "../../core/state.ts";
import type { PollingPolicy } from "../../core/polling-policy.ts";
import type { Clock, KeyValueStorage } from "../../platform-ports.ts";
import { createSeededRandom } from "../seeded-random.ts";
import { createCallRules } from "./call-rules.ts";
import { createFindings, type Findings } from "./checks.ts";
import type { FaultAt, TracedCall } from "./fault-schedule.ts";
import { surroundingsOf, type Hazard } from "./hazards.ts";
import { createCopyWatch, isToBeCopied } from "./watch-copies.ts";
import { createInterceptor, type Process } from "./interceptor.ts";
import { createCoverage } from "./coverage.ts";
import { sendNumbered } from "./session-memory.ts";
import { notePrices } from "./prices-at-start.ts";
import { createSecrets } from "./secrets.ts";
import type { WorldEngine } from "./tabs.ts";
import { createAnnouncementLog, takenBack, type Announcements } from "./announcements.ts";
import { createCallWatch } from "./watch-calls.ts";
import { createPromiseWatch } from "./watch-promises.ts";
import type { WorldBackend } from "./world-backend.ts";
import { createWorldLocks } from "./world-locks.ts";
import { createWorldStorage, type WorldStorage } from "./world-storage.ts";

/** Options of a stage. */
export interface StageOptions {
  readonly clock: Clock;
  readonly backend: WorldBackend;
  /** Whether the storage can list its keys. */
  readonly canListKeys: boolean;
  readonly faultAt: FaultAt;
  readonly polling: PollingPolicy;
  readonly seed: number;
  /** Milliseconds that a call takes, given a random number (0 <= random < 1). */
  readonly latencyMs: (random: number) => number;
  /** Default: the real engine. */
  readonly open?: ((options: EngineOptions) => WorldEngine) | undefined;
  /** Whether the app saves videos elsewhere. Default false. */
  readonly savesVideos?: boolean | undefined;
  /** What goes wrong around the engines. Default: nothing. */
  readonly hazards?: readonly Hazard[] | undefined;
  /** Whether every other lost call is told by a hostile value that is thrown. Default true. */
  readonly areLossesThrown?: boolean | undefined;
  /** Texts that must not appear in any record or event. */
  readonly secrets?: readonly string[] | undefined;
  onCall(call: TracedCall): void;
  /** Called when a process dies at a call. */
  onCrash(process: Process): void;
}

/** What is not settled, and what is wrong. */
export interface Statement {
  readonly imbalances: readonly string[];
  readonly violations: readonly string[];
}

/** A stage. */
export interface Stage {
  /** The engine of a process, watched. */
  openEngine(process: Process, user: string): WorldEngine;
  /** What the user was told of each generation that ended, over all processes. */
  readonly announced: Announcements;
  /** Phases, states, verdicts, ends, and faults by the call that met them. */
  readonly coverage: ReadonlySet<string>;
  /** Whether a generation has a record that still needs work. */
  isAnythingOpen(): boolean;
  /** Checks that every promise is settled. Call it when nothing moves any more. */
  lookInCalm(): void;
  /** What is left, and everything that was ever wrong. `unresolved`: what the running engines list. */
  state(unresolved: ReadonlySet<string>): Promise<Statement>;
}

/** Creates a stage. */
export function createStage(options: StageOptions): Stage {
  const { clock, backend, canListKeys, polling, seed, open = createEngine } = options;
  const { faultAt, latencyMs, onCall, onCrash, savesVideos = false } = options;
  const around = surroundingsOf(options.hazards ?? [], clock, () => backend.deleteRow?.());
  const [random, latency] = [createSeededRandom(seed), createSeededRandom(seed + 1)];
  const locks = createWorldLocks();
  const coverage = createCoverage();
  const findings = createFindings();
  const secrets = createSecrets(options.secrets ?? []);
  const onState = (state: GenerationState): void => [coverage, copying].forEach((one) => one.onState(state));
  const storage = createWorldStorage({ findings, secrets, canListKeys, onState });
  const promises = createPromiseWatch({ findings, onRequest: secrets.learn });
  const promised = { guarantee: backend.ledger.guarantee, isSubmitRepeatable: backend.api.isSubmitRepeatable };
  const prices = notePrices(around.catalogue);
  const rules = createCallRules({ ...promised, polling, storage, begunAt: prices.begunAt });
  const calls = createCallWatch({ rules, findings, clock });
  const announcementLog = createAnnouncementLog((snapshot) => {
    calls.announced(snapshot);
    backend.onAnnounced?.(snapshot);
  });
  const interceptor = createInterceptor({
    faultAt,
    areLossesThrown: options.areLossesThrown,
    clock,
    latencyMs: () => latencyMs(latency()),
    onCrash,
    onCall(call) {
      coverage.onCall(call);
      onCall(call);
    },
  });
  const copying = createCopyWatch({ findings, storage, interceptor, backend, clock: around.clock });
  const storageFor = oncePerProcess((process, user) => around.storage(interceptor.storage(storage.of(user), process)));
  let ids = 0;

  return {
    openEngine(process, user) {
      const { locks: own, holds } = locks(process);
      const ports = { ledger: interceptor.ledger(backend.ledger, process), api: interceptor.api(backend.api, process) };
      const stored = storageFor(process, user);
      const persistence = { storage: stored, locks: around.locks(own), user };
      const engine = open({
        saveVideos: savesVideos ? copying.saver(process) : undefined,
        ...sendNumbered(calls.of(ports, { process, user, holds }), around.clock),
        platform: { clock: around.clock, random, createId: () => `generation-${++ids}` },
        polling: around.polling(polling),
        lifecycle: around.lifecycle,
        persistence: { ...persistence, onUnreadable: () => undefined },
        durations: createDurationStore(around.durations),
        ...around.catalogue,
        onEvent: (event) => {
          const told = secrets.in(JSON.stringify(event), { isPromptAllowed: false });
          if (told !== undefined)
            findings.note("S8", `${"id" in event ? event.id : "an engine"} tells ${told} in ${event.type}`);
        },
      });
      const onSnapshots = announcementLog.listener();
      engine.subscribe(() => {
        if (!process.isAlive) return;
        coverage.onSnapshots(engine.list());
        onSnapshots(engine.list());
      });
      return promises.of(prices.of(engine), process);
    },
    announced: announcementLog.announced,
    coverage: coverage.words,
    isAnythingOpen: () => storage.left().some(({ isLastWord, isListed }) => !isLastWord || isListed),
    lookInCalm: promises.lookInCalm,
    async state(unresolved) {
      copying.lookAtTheEnd();
      for (const sentence of takenBack(announcementLog.announced)) findings.note("G15", sentence);
      lookAtRecords({ storage, findings }, announcementLog.announced);
      const [imbalances, violations] = await Promise.all([
        backend.imbalances(),
        backend.violations(announcementLog.announced, unresolved),
      ]);
      return { imbalances, violations: [...findings.list(), ...violations] };
    },
  };
}

/** L5: no record is left that is not needed. */
function lookAtRecords(
  { storage, findings }: { readonly storage: WorldStorage; readonly findings: Findings },
  announced: Announcements,
): void {
  for (const { id, state, isLastWord, isListed } of storage.left()) {
    const settlement = announced.get(id)?.at(-1)?.settlement;
    // An ended record that no list names is a few bytes and has no effect.
    const isOpen = settlement === "held" || settlement === "unknown" || isKeptForLater(state);
    if (!isOpen && !(isLastWord && !isListed)) findings.note("L5", `${id} still has a record, as ${state.name}`);
  }
}

/** Whether a record is only kept so that a later start copies its videos, or lists a slot whose request was never answered. */
function isKeptForLater(state: GenerationState): boolean {
  return isToBeCopied(state) || ("held" in state && isUnconfirmed(state.held, "acquire-slot"));
}

/** The same storage for each engine of a process, as an app has it. */
function oncePerProcess(make: (process: Process, user: string) => KeyValueStorage): typeof make {
  const made = new WeakMap<Process, Map<string, KeyValueStorage>>();
  return (process, user) => {
    const ofProcess = made.get(process) ?? new Map<string, KeyValueStorage>();
    const storage = ofProcess.get(user) ?? make(process, user);
    made.set(process, ofProcess.set(user, storage));
    return storage;
  };
}
