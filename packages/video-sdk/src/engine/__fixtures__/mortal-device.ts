// A device whose app can die at any call and be opened again: one storage, one user's books, one provider. A dead app's locks are free
// again, as with a browser's locks. The engine is the real one.
import { decodeRecord } from "../../core/journal-record.ts";
import { defaultPollingPolicy } from "../../core/polling-policy.ts";
import type { StateName } from "../../core/state.ts";
import { createMemoryStorage } from "../../platform/memory-storage.ts";
import type { Guarantee, VideoApi, VideoLedger } from "../../ports.ts";
import type { Clock, GenerationLocks, KeyValueStorage } from "../../platform-ports.ts";
import { createFakeLedger, type FakeLedger } from "../../testing/fake-ledger.ts";
import { createFakeVideoApi, type FakeVideoApi } from "../../testing/fake-video-api.ts";
import { createTestClock } from "../../testing/test-clock.ts";
import { createEngine, type GenerationEngine } from "../create-engine.ts";
import type { VideoEngineEvent } from "../engine-event.ts";
import type { JournalOptions } from "../journal.ts";

/** The request of every generation here. */
export const REQUEST = { model: "vid-veo-3.1-fast", prompt: "a corgi surfing", duration: 8 } as const;
/** Where the user's records and their list are. */
export const RECORD = (id: string): string => `video-engine:1:user:record:${id}`;
export const SET_ASIDE = (id: string): string => `video-engine:1:user:set-aside:${id}`;
export const LIST = "video-engine:1:user:ids";

/** What happens to one call: the app dies before it is sent, or after it was performed; the storage fails, or fails after it wrote. */
export type Fault = "dies-before" | "dies-after" | "fails" | "fails-after";

/** Options of a device. */
export interface DeviceOptions {
  /** Default `exactly-once`, over a route that honours its key. */
  readonly guarantee?: Guarantee;
  readonly jobMs?: number;
  /** Sets up the fakes. */
  readonly prepare?: (fakes: { api: FakeVideoApi; ledger: FakeLedger }) => void;
  /** Replaces the locks. */
  readonly locks?: GenerationLocks;
}

/** A process of the app. */
interface Process {
  isAlive: boolean;
}

const NEVER = new Promise<never>(() => undefined);

/** A device with nothing on it. */
export function createDevice({ guarantee = "exactly-once", jobMs = 90_000, prepare, locks }: DeviceOptions = {}) {
  const clock = createTestClock();
  const ledger = createFakeLedger({ guarantee });
  const api = createFakeVideoApi({ clock, jobMs, isSubmitRepeatable: guarantee === "exactly-once" });
  const storage = createMemoryStorage();
  const setAside: Parameters<JournalOptions["onUnreadable"]>[0][] = [];
  const events: VideoEngineEvent[] = [];
  const trace: string[] = [];
  const faults = new Map<number, Fault>();
  const engines = new Map<Process, GenerationEngine>();
  const holders = new Map<string, Process>();
  let [ids, wrongByMs, storageInFlightCalls] = [0, 0, 0];
  prepare?.({ api, ledger });

  // The device's clock, which may be wrong. Its timers and the provider are not affected.
  const wall: Clock = { ...clock, now: () => clock.now() + wrongByMs };

  const die = (process: Process): Promise<never> => {
    process.isAlive = false;
    engines.get(process)?.dispose();
    return NEVER;
  };

  const call = async (process: Process, name: string, run: () => unknown): Promise<unknown> => {
    if (!process.isAlive) return NEVER;
    const fault = faults.get(trace.length);
    trace.push(name);
    if (fault === "dies-before") return die(process);
    if (fault === "fails") throw new Error("The storage is full.");
    const isStorage = name.startsWith("storage.");
    if (isStorage) storageInFlightCalls++;
    const answer = await run();
    if (isStorage) storageInFlightCalls--;
    if (fault === "dies-after") return die(process);
    if (fault === "fails-after") throw new Error("The storage failed after it had written.");
    return process.isAlive ? answer : NEVER;
  };

  /** A port of one process: the same methods, which neither send nor receive anything once it is dead. */
  const portOf = <Port extends object>(process: Process, name: string, port: Port): Port =>
    Object.fromEntries(
      Object.entries(port).map(([member, run]: [string, unknown]) => [
        member,
        typeof run === "function"
          ? (...args: unknown[]) => call(process, `${name}.${member}`, () => run(...args) as unknown)
          : run,
      ]),
    ) as Port; // the same members, each as asynchronous as a port may be

  const locksOf = (process: Process): GenerationLocks => ({
    tryLock(id) {
      if (holders.get(id)?.isAlive === true) return Promise.resolve(undefined);
      holders.set(id, process);
      return Promise.resolve(() => void (holders.get(id) === process && holders.delete(id)));
    },
  });

  const open = (): GenerationEngine => {
    const process: Process = { isAlive: true };
    const engine = createEngine({
      ledger: portOf<VideoLedger>(process, "ledger", ledger),
      api: portOf<VideoApi>(process, "api", api),
      polling: defaultPollingPolicy, onEvent: (event) => void events.push(event),
      platform: { clock: wall, random: () => 0.5, createId: () => `generation-${++ids}` },
      persistence: {
        storage: portOf<KeyValueStorage>(process, "storage", storage), locks: locks ?? locksOf(process), user: "user",
        onUnreadable: (report) => void setAside.push(report),
      },
    });
    engines.set(process, engine);
    return engine;
  };

  return {
    clock, ledger, api, storage, setAside, events, trace, open, faults,
    /** Makes the device's clock wrong from now on. */
    setClock: (byMs: number) => void (wrongByMs = byMs),
    /** The state in a generation's record. */
    async stored(id = "generation-1"): Promise<StateName | undefined> {
      const decoded = decodeRecord((await storage.getItem(RECORD(id))) ?? "");
      return decoded.kind === "state" ? decoded.state.name : undefined;
    },
    /** Waits for a resume to end. Returns the ids it resumed; their generations go on. */
    async resume(engine: GenerationEngine): Promise<readonly string[]> {
      let taken: readonly string[] | undefined;
      void engine.resume().then((generations) => (taken = generations.map(({ id }) => id)));
      await clock.advanceUntil(() => taken !== undefined);
      return taken ?? [];
    },
    /** The generations that a living app has locked. */
    locked: () => [...holders].flatMap(([id, { isAlive }]) => (isAlive ? id : [])),
    /** The number of storage calls without an answer yet. */
    storageInFlightCalls: () => storageInFlightCalls,
    /** What was sent since a moment, without the storage's calls. */
    sentSince: (moment: number) => trace.slice(moment).filter((name) => !name.startsWith("storage.")),
    /** What is still open at the backend. */
    leftOpen: () => ({
      credits: ledger.books.reserved,
      slots: ledger.books.slots.filter(({ status }) => status === "active").length,
      rows: ledger.books.rows.filter(({ isLoading }) => isLoading).length,
    }),
  };
}

/** A device. */
export type Device = ReturnType<typeof createDevice>;

/** When the app dies: at the nth call of a name, counted from the end when negative. */
export interface Moment {
  readonly call: string;
  readonly nth?: number;
  readonly device?: DeviceOptions;
}

/** A device whose app has died at that moment, with one generation under way. */
export async function createDeadDevice(
  { call, nth = 1, device: options = {} }: Moment,
  fault: "dies-before" | "dies-after",
  guarantee: Guarantee,
): Promise<Device> {
  const index = await indexOf({ call, nth, device: { ...options, guarantee } });
  const device = createDevice({ ...options, guarantee });
  device.faults.set(index, fault);
  device.open().generate(REQUEST);
  await device.clock.advanceUntil(() => device.trace.length > index);
  await device.clock.flush();
  return device;
}

/** Where that call is in the trace of a run without faults. */
async function indexOf({ call, nth, device: options }: Required<Moment>): Promise<number> {
  const device = createDevice(options);
  device.open().generate(REQUEST);
  await device.clock.advance(3 * 3_600_000);
  const found = [...device.trace.keys()].filter((index) => device.trace[index] === call).at(nth > 0 ? nth - 1 : nth);
  if (found === undefined) throw new Error(`There is no call ${nth} of ${call}.`);
  return found;
}
