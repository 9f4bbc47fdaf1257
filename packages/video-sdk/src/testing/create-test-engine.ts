// A whole engine over fakes and simulated time, in one call.
import { defaultPollingPolicy, type PollingPolicy } from "../core/polling-policy.ts";
import { createEngine, type VideoEngine } from "../engine/create-engine.ts";
import type { EngineEvent } from "../engine/generation-runner.ts";
import { createFakeLedger, type FakeLedger, type FakeLedgerOptions } from "./fake-ledger.ts";
import { createFakeVideoApi, type FakeVideoApi, type FakeVideoApiOptions } from "./fake-video-api.ts";
import { createSeededRandom } from "./seeded-random.ts";
import { createTestClock, type TestClock } from "./test-clock.ts";

/** What shapes a test engine. Everything has a default. */
export interface TestEngineOptions extends FakeLedgerOptions, Omit<FakeVideoApiOptions, "clock"> {
  readonly polling?: PollingPolicy;
  /** Default 1. */
  readonly seed?: number;
}

/** An engine with everything around it in reach. */
export interface TestEngine {
  readonly engine: VideoEngine;
  readonly clock: TestClock;
  readonly api: FakeVideoApi;
  readonly ledger: FakeLedger;
  /** Everything that happened, in order. */
  readonly events: readonly EngineEvent[];
}

/** An engine whose provider takes 90 s and whose user has 1,000 credits, all on simulated time. */
export function createTestEngine(options: TestEngineOptions = {}): TestEngine {
  const { polling = defaultPollingPolicy, seed = 1 } = options;
  const clock = createTestClock();
  const api = createFakeVideoApi({ ...options, clock });
  const ledger = createFakeLedger({ now: () => clock.now(), ...options });
  const events: EngineEvent[] = [];
  let ids = 0;
  const platform = { clock, random: createSeededRandom(seed), createId: () => `generation-${++ids}` };
  const engine = createEngine({ api, ledger, platform, polling, onEvent: (event) => void events.push(event) });
  return { engine, clock, api, ledger, events };
}
