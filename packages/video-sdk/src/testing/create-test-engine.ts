// A whole engine over fakes and simulated time, in one call.
import { defaultPollingPolicy, type PollingPolicy } from "../core/polling-policy.ts";
import { composeEngine, type ComposedEngineOptions, type VideoEngine } from "../compose-engine.ts";
import type { VideoEngineEvent } from "../engine/engine-event.ts";
import { createFakeLedger, type FakeLedger, type FakeLedgerOptions } from "./fake-ledger.ts";
import { createFakeVideoApi, type FakeVideoApi, type FakeVideoApiOptions } from "./fake-video-api.ts";
import { createFakeUploads, type FakeUploads } from "./fake-uploads.ts";
import { createSeededRandom } from "./seeded-random.ts";
import { createTestClock, type TestClock } from "./test-clock.ts";

/** Options of a test engine. Everything has a default. */
export interface TestEngineOptions
  extends
    FakeLedgerOptions,
    Omit<FakeVideoApiOptions, "clock">,
    Pick<ComposedEngineOptions, "findFirstFrame" | "persistence" | "durations" | "lifecycle" | "reader" | "settings">,
    Pick<ComposedEngineOptions, "sentences" | "onSentenceFailed">,
    Pick<
      ComposedEngineOptions,
      "registry" | "quote" | "retries" | "saveVideos" | "keepEnded" | "onSuccess" | "onError" | "onSettled"
    > {
  readonly polling?: PollingPolicy | undefined;
  /** Default 1. */
  readonly seed?: number | undefined;
}

/** An engine, and the fakes around it. */
export interface TestEngine {
  readonly engine: VideoEngine;
  readonly clock: TestClock;
  readonly api: FakeVideoApi;
  readonly ledger: FakeLedger;
  readonly uploads: FakeUploads;
  /** Every event of the engine, in order. */
  readonly events: readonly VideoEngineEvent[];
}

/** Creates an engine on simulated time. By default its provider takes 90 s and its user has 1,000 credits. */
export function createTestEngine(options: TestEngineOptions = {}): TestEngine {
  const { polling = defaultPollingPolicy, seed = 1, ...others } = options;
  const { credits, slots, guarantee, areJobsKept, areFailedRowsDeleted, showsRefunds, now, jobMs, ...rest } = others;
  const { isSubmitRepeatable, ...composed } = rest;
  const clock = createTestClock();
  const api = createFakeVideoApi({ clock, jobMs, isSubmitRepeatable });
  const ledger = createFakeLedger({
    credits,
    slots,
    guarantee,
    areJobsKept,
    areFailedRowsDeleted,
    showsRefunds,
    now: now ?? (() => clock.now()),
  });
  const uploads = createFakeUploads(clock);
  const events: VideoEngineEvent[] = [];
  let ids = 0;
  const engine = composeEngine({
    ...composed,
    api,
    ledger,
    polling,
    platform: { clock, random: createSeededRandom(seed), createId: () => `generation-${++ids}` },
    uploader: uploads,
    onEvent: (event) => void events.push(event),
  });
  return { engine, clock, api, ledger, uploads, events };
}
