// Wraps the ports of an engine and applies the scheduled faults to its calls. Uses no engine.
import { videoErrorData } from "../../errors.ts";
import type { LedgerMethod } from "../fake-ledger.ts";
import type { SaveVideos } from "../../save-videos/save-videos.ts";
import type { CallResult, VideoApi, VideoLedger } from "../../ports.ts";
import type { Clock, KeyValueStorage } from "../../platform-ports.ts";
import type { FaultAt, OutageFault, TracedCall, WorldCall } from "./fault-schedule.ts";
import { hostileValue } from "./hostile-values.ts";

/** A process. After it has crashed it receives no answers and sends nothing. */
export interface Process {
  isAlive: boolean;
}

/** Wraps the ports of a process with the scheduled faults. */
export interface Interceptor {
  ledger(ledger: VideoLedger, process: Process): VideoLedger;
  api(api: VideoApi, process: Process): VideoApi;
  storage(storage: KeyValueStorage, process: Process): KeyValueStorage;
  saveVideos(saveVideos: SaveVideos, process: Process): SaveVideos;
}

/** Options of an interceptor. */
export interface InterceptorOptions {
  readonly faultAt: FaultAt;
  readonly clock: Clock;
  /** Milliseconds that the next call takes. 0: it is answered at once. */
  latencyMs(): number;
  /** Whether every other lost call is told by a hostile value that is thrown, not by an answer. Default true. */
  readonly areLossesThrown?: boolean | undefined;
  /** Called when a call is made. */
  onCall(call: TracedCall): void;
  /** Called when a process dies. */
  onCrash(process: Process): void;
}

/** Delay of a call that lands late. A server ends a mutation after 60 s. */
const LATE_MS = 45_000;
/** A new promise each time: a shared one would keep all its waiters in memory. */
const never = (): Promise<never> => new Promise(() => undefined);

/** Creates an interceptor that applies the faults of `faultAt`. */
export function createInterceptor(options: InterceptorOptions): Interceptor {
  const { faultAt, clock, latencyMs, onCall, onCrash, areLossesThrown = true } = options;
  let calls = 0;

  const meet = (name: WorldCall): OutageFault | undefined => {
    const index = calls++;
    const fault = faultAt(index, name);
    onCall({ index, name, fault });
    return fault;
  };

  const crash = (process: Process): Promise<never> => {
    if (process.isAlive) {
      process.isAlive = false;
      onCrash(process);
    }
    return never();
  };

  const travel = (ms: number): Promise<void> | undefined =>
    ms > 0 ? new Promise((resolve) => clock.setTimeout(resolve, ms)) : undefined;

  const wait = (): Promise<void> | undefined => travel(latencyMs());

  /** Runs a call, or applies its fault. A call that was sent arrives even if its process dies meanwhile. */
  const through = async <T>(
    process: Process,
    name: WorldCall,
    run: () => Promise<CallResult<T>>,
  ): Promise<CallResult<T>> => {
    if (!process.isAlive) return never();
    const fault = meet(name);
    if (fault === "crash-before") return crash(process);
    const ms = latencyMs();
    await travel(ms);
    if (fault === "lands-late") clock.setTimeout(() => void run(), LATE_MS);
    const isRun = fault === undefined || fault === "answer-lost" || fault === "crash-after";
    const answer = isRun ? await run() : undefined;
    if (fault === "crash-after") return crash(process);
    await travel(ms);
    if (!process.isAlive) return never();
    if (fault === undefined && answer !== undefined) return answer;
    if (fault === "refused-for-good")
      return { ok: false, certainty: "not-done", error: videoErrorData("settlement-failed") };
    // Throwing breaks the port's contract, and proves no more.
    if (areLossesThrown && fault !== "refused" && calls % 2 === 0) throw hostileValue(calls / 2);
    const certainty = fault === "refused" ? "not-done" : "unknown";
    return { ok: false, certainty, error: videoErrorData("unreachable") };
  };

  const store = async <T>(process: Process, name: WorldCall, run: () => T | PromiseLike<T>): Promise<T> => {
    if (!process.isAlive) return never();
    const fault = meet(name);
    if (fault === "crash-before") return crash(process);
    await travel(latencyMs());
    // A device's write queue dies with its process, unlike a server's: no write lands after another process has read.
    if (!process.isAlive) return never();
    if (fault === "refused") throw new Error("The storage is full.");
    if (fault === "request-lost") throw hostileValue(calls);
    const stored = await run();
    if (fault === "crash-after") return crash(process);
    if (!process.isAlive) return never();
    if (fault !== undefined) throw hostileValue(calls);
    return stored;
  };

  return {
    saveVideos: (saveVideos, process) => (videos, context) =>
      process.isAlive
        ? saveOnce({ run: () => saveVideos(videos, context), process, meet, crash, wait, seen: () => calls })
        : never(),
    ledger: (ledger, process) => throughLedger(ledger, (name, run) => through(process, name, run)),
    api: (api, process) => ({
      isSubmitRepeatable: api.isSubmitRepeatable,
      submit: (request, options) => through(process, "api.submit", () => api.submit(request, options)),
      status: (question, options) => through(process, "api.status", () => api.status(question, options)),
      cancel: (question) => through(process, "api.cancel", () => api.cancel(question)),
    }),
    storage: (storage, process) => ({
      getItem: (key) => store(process, "storage.getItem", () => storage.getItem(key)),
      setItem: (key, value) => store(process, "storage.setItem", () => storage.setItem(key, value)),
      removeItem: (key) => store(process, "storage.removeItem", () => storage.removeItem(key)),
      keys: storage.keys && (() => store(process, "storage.keys", () => storage.keys?.() ?? [])),
    }),
  };
}

interface Saving {
  readonly process: Process;
  run(): ReturnType<SaveVideos>;
  meet(name: WorldCall): OutageFault | undefined;
  crash(process: Process): Promise<never>;
  wait(): Promise<void> | undefined;
  /** Number of calls so far. */
  seen(): number;
}

/** The app's step, or what it does instead. It is the app's own code, so it throws, hangs and returns what it likes. */
function saveOnce({ process, run, meet, crash, wait, seen }: Saving): ReturnType<SaveVideos> {
  const fault = meet("app.saveVideos");
  if (fault === "crash-before") return crash(process);
  if (fault === "request-lost") throw hostileValue(seen());
  if (fault === "refused" || fault === "refused-for-good") return [];
  if (fault === "lands-late") return never();
  const answered = async (): Promise<readonly string[]> => {
    await wait();
    const copies = await run();
    if (fault === "crash-after") return crash(process);
    if (!process.isAlive) return never();
    if (fault === "answer-lost") throw hostileValue(seen());
    return copies;
  };
  return answered();
}

type Through = <T>(name: WorldCall, run: () => Promise<CallResult<T>>) => Promise<CallResult<T>>;

function throughLedger(ledger: VideoLedger, through: Through): VideoLedger {
  const named =
    <Input, T>(name: LedgerMethod | "readReserved", method: (input: Input) => Promise<CallResult<T>>) =>
    (input: Input): Promise<CallResult<T>> =>
      through(`ledger.${name}`, () => method(input));
  const { readReserved } = ledger;
  return {
    guarantee: ledger.guarantee,
    showsRefunds: ledger.showsRefunds,
    numbersCalls: ledger.numbersCalls,
    readReserved: readReserved && (() => through("ledger.readReserved", readReserved)),
    acquireSlot: named("acquireSlot", ledger.acquireSlot),
    closeSlot: named("closeSlot", ledger.closeSlot),
    reserveCredits: named("reserveCredits", ledger.reserveCredits),
    captureCredits: named("captureCredits", ledger.captureCredits),
    releaseCredits: named("releaseCredits", ledger.releaseCredits),
    createSession: named("createSession", ledger.createSession),
    recordRow: named("recordRow", ledger.recordRow),
    updateRow: named("updateRow", ledger.updateRow),
  };
}
