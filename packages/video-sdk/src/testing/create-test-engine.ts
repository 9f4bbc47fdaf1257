// A whole engine over fakes and simulated time, in one call.
import { defaultPollingPolicy, type PollingPolicy } from "../core/polling-policy.ts";
import { composeEngine, type ComposedEngineOptions, type VideoEngine } from "../compose-engine.ts";
import type { GenerationReport } from "../engine/engine-event.ts";
import { createFakeLedger, type FakeLedger, type FakeLedgerOptions } from "./fake-ledger.ts";
import { createFakeVideoApi, type FakeVideoApi, type FakeVideoApiOptions } from "./fake-video-api.ts";
import { createFakeUploads, type FakeUploads } from "./fake-uploads.ts";
import { createSeededRandom } from "./seeded-random.ts";
import { createTestClock, type TestClock } from "./test-clock.ts";

/** What shapes a test engine. Everything has a default. */
export interface TestEngineOptions
  extends
    FakeLedgerOptions,
    Omit<FakeVideoApiOptions, "clock">,
    Pick<ComposedEngineOptions, "findFirstFrame" | "persistence" | "lifecycle" | "reader" | "settings">,
    Pick<ComposedEngineOptions, "retries" | "onSuccess" | "onError" | "onSettled"> {
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
  readonly uploads: FakeUploads;
  /** Everything that happened, in order. */
  readonly events: readonly GenerationReport[];
}

/** An engine whose provider takes 90 s and whose user has 1,000 credits, all on simulated time. */
export function createTestEngine(options: TestEngineOptions = {}): TestEngine {
  const { polling = defaultPollingPolicy, seed = 1 } = options;
  const clock = createTestClock();
  const api = createFakeVideoApi({ ...options, clock });
  const ledger = createFakeLedger({ now: () => clock.now(), ...options });
  const events: GenerationReport[] = [];
  let ids = 0;
  const platform = { clock, random: createSeededRandom(seed), createId: () => `generation-${++ids}` };
  const { findFirstFrame, persistence, lifecycle, reader, settings } = options;
  const { retries, onSuccess, onError, onSettled } = options;
  const uploads = createFakeUploads(clock);
  const engine = composeEngine({
    ...{ api, ledger, platform, polling, uploader: uploads, findFirstFrame, reader },
    ...{ retries, onSuccess, onError, onSettled, persistence, lifecycle },
    ...(settings === undefined ? {} : { settings }),
    onEvent: (event) => void events.push(event),
  });
  return { engine, clock, api, ledger, uploads, events };
}
