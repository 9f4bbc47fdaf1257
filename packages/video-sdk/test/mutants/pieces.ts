// The smallest pieces of the world that see each mutant. Each returns what was wrong, and stops at the first run that has something.
// On the source as it is, each returns nothing.
import { quoteVideo } from "@video-engine/video-models";
import type { Guarantee } from "../../src/ports.ts";
import type { VideoRequest } from "@video-engine/video-models";
import { createPollingPolicy, defaultPollingPolicy } from "../../src/core/polling-policy.ts";
import { createEngine, type EngineOptions } from "../../src/engine/create-engine.ts";
import { videoErrorData, type VideoErrorCode } from "../../src/errors.ts";
import { createHttpVideoApi } from "../../src/http/create-http-video-api.ts";
import type { JobScenario } from "../../src/testing/fake-video-api.ts";
import { createStorageLocks } from "../../src/platform/storage-locks.ts";
import { createCompareAndSetStorage } from "../../src/platform/__fixtures__/compare-and-set-storage.ts";
import { answerFirst } from "../../src/testing/world/__fixtures__/answer-first.ts";
import { createWorld, WORLD_REQUEST, type World, type WorldOptions } from "../../src/testing/world/create-world.ts";
import { fakeBackend, type FakeBackendOptions } from "../../src/testing/world/fake-backend.ts";
import type { WorldFault } from "../../src/testing/world/fault-schedule.ts";
import type { Hazard, HazardKind } from "../../src/testing/world/hazards.ts";
import { MODEL_OF_TOMORROW } from "../../src/testing/world/moving-catalogue.ts";
import { runCrashMatrix, type CrashMatrixOptions } from "../../src/testing/world/run-crash-matrix.ts";

/** Returns what was wrong, as sentences that begin with the number of the check. */
export type Piece = () => Promise<readonly string[]>;

/** The name of a piece. */
export type PieceName = keyof typeof PIECES;

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const PRICE = quoteVideo(WORLD_REQUEST).credits;
/** Seldom, so that a job that never ends is a run of a few questions. */
const polling = createPollingPolicy({ minWaitMs: 120 * SECOND, maxWaitMs: 300 * SECOND });

/** All pieces. */
export const PIECES = {
  "exactly-once matrix": matrix("exactly-once", ["finish", { fail: "provider-failed" }]),
  "at-most-once matrix": matrix("at-most-once", ["finish", { fail: "provider-failed" }]),
  "canceled at every call": matrix("exactly-once", ["finish"], { isCanceled: true, faults: [] }),
  "closed while only its slot is left": () =>
    play(
      { guarantee: "exactly-once", jobMs: SECOND },
      async (world) => {
        start(world);
        await world.clock.advance(125 * SECOND);
        await world.restart();
      },
      { outages: [{ fromMs: 0, untilMs: 126 * SECOND, calls: "ledger.closeSlot", fault: "refused" }] },
    ),
  "books that close no slot for ten minutes": () =>
    play({ guarantee: "at-most-once" }, start, tenMinutesOf("ledger.closeSlot", "refused")),
  "books that do not answer for ten minutes": () =>
    play({ guarantee: "exactly-once" }, start, tenMinutesOf("ledger.acquireSlot", "answer-lost")),
  "books that answer nothing for ten minutes": () =>
    play({ guarantee: "exactly-once" }, start, tenMinutesOf("ledger", "answer-lost")),
  "books that refuse for ten minutes after a lost answer": () =>
    play({ guarantee: "exactly-once" }, start, {
      ...tenMinutesOf("ledger.acquireSlot", "refused"),
      aimed: [{ call: "ledger.acquireSlot", nth: 0, fault: "answer-lost" }],
    }),
  "an app that saves videos, and fails once": () => play({ guarantee: "exactly-once" }, start, saving("answer-lost")),
  "an app that saves videos, and fails always": () =>
    play({ guarantee: "exactly-once" }, start, saving(...Array.from({ length: 12 }, () => "answer-lost" as const))),
  "an app that saves videos, while the storage fails": () =>
    play({ guarantee: "at-most-once", scenario: "immediate" }, start, {
      savesVideos: true,
      aimed: Array.from({ length: 12 }, (_, nth) => ({ call: "storage.setItem", nth: nth + 6, fault: "refused" })),
    }),
  "two drivers of one generation, under keys": twoDrivers,
  "two tabs": () =>
    play({ guarantee: "at-most-once" }, async (world) => {
      start(world);
      await world.clock.advance(20 * SECOND);
      await world.openTab();
    }),
  // Whose locks these are is not known here, and a handle whose lock another has taken says no more: that nothing is sent twice is the point.
  "two tabs on leases, and a night's sleep": () =>
    play(
      { guarantee: "at-most-once", jobMs: MINUTE },
      async (world) => {
        start(world);
        await world.clock.advance(20 * SECOND);
        await world.openTab();
        world.clock.jump(8 * HOUR);
      },
      { open: onLeases(), unchecked: ["S6", "L6"] },
    ),
  "two tabs start at once and close": () =>
    play({ guarantee: "exactly-once" }, twoStartsAtOnce, { latencyMs: () => 100 }),
  "several at once": () => play({ guarantee: "exactly-once" }, startTwo),
  "several at once, and one slot": () => play({ guarantee: "exactly-once", slots: 1 }, startTwo),
  // The second one takes the credits that the first one, which has the slot, then gets back from it.
  "one slot and credits for one, and a lost answer": () =>
    play({ guarantee: "exactly-once", slots: 1, credits: PRICE }, startTwo, {
      ...{ seed: 8, latencyMs: (random) => random * 500 },
      aimed: [{ call: "ledger.reserveCredits", nth: 2, fault: "answer-lost" }],
    }),
  "somebody else signs in": () =>
    play({ guarantee: "exactly-once" }, async (world) => {
      start(world);
      await world.clock.advance(20 * SECOND);
      world.engine().dispose();
      await world.openTab("somebody else");
    }),
  "a passing 429": () => play({}, start, statusFirst("rate-limited")),
  "a network that says failed": () => play({}, start, statusFirst("unreachable", "Network request failed")),
  "hours of silence": () =>
    play({ jobMs: 2 * HOUR }, start, {
      outages: [{ fromMs: 10 * SECOND, untilMs: 3 * HOUR, calls: "api", fault: "request-lost" }],
    }),
  "a job that never ends": () => play({ scenario: "never", cancelAnswer: "requested" }, start),
  "read back too soon": () =>
    play(
      { guarantee: "reconciled" },
      async (world) => {
        start(world);
        await world.clock.advance(10 * SECOND);
        await world.engine().reconcile();
      },
      { outages: [{ fromMs: 0, untilMs: MINUTE, calls: "ledger.reserve", fault: "lands-late" }] },
    ),
  // That its row then does not show the video (L4) is the point.
  "canceled while it is watched": () =>
    play(
      { jobMs: 3 * HOUR, cancelAnswer: "requested" },
      async (world) => {
        start(world);
        await world.clock.advance(2 * HOUR);
        void world.engine().get("generation-1")?.cancel();
      },
      { unchecked: ["L4"] },
    ),
  "tokens that live for a minute": tokens,
  "a record that is read wrongly, once": () =>
    play({ guarantee: "exactly-once" }, killedMeanwhile, { canListKeys: true, hazards: [always("storage-garbled")] }),
  "a model that has vanished at the next start": () =>
    play({ guarantee: "exactly-once" }, killedMeanwhile, {
      hazards: [{ ...always("catalogue-moves"), fromMs: 10 * SECOND }],
    }),
  // Its seventh state, after two minutes.
  "a catalogue that has become dearer": () =>
    play(
      { guarantee: "exactly-once" },
      async (world) => {
        await world.clock.advance(125 * SECOND);
        start(world);
      },
      { hazards: [always("catalogue-moves")] },
    ),
  "a provider whose last words are cut in a character": () =>
    play({ guarantee: "exactly-once", scenario: { fail: "provider-failed" } }, start),
  "absurd times of earlier jobs": () =>
    play({ guarantee: "exactly-once" }, killedMeanwhile, {
      hazards: [always("durations-odd")],
      polling: defaultPollingPolicy,
    }),
} as const satisfies Record<string, Piece>;

const OF_TOMORROW: VideoRequest = { ...WORLD_REQUEST, model: MODEL_OF_TOMORROW };

function always(kind: HazardKind): Hazard {
  return { kind, fromMs: 0, untilMs: HOUR };
}

/** A generation of a model that only the catalogue knows, whose app is closed and opened again while the job runs. */
async function killedMeanwhile(world: World): Promise<void> {
  void world.engine().generate(OF_TOMORROW);
  for (let times = 0; times < 3; times++) {
    await world.clock.advance(20 * SECOND);
    await world.restart();
  }
}

function start(world: World): void {
  void world.engine().generate(WORLD_REQUEST);
}

function startTwo(world: World): void {
  for (const prompt of ["a corgi surfing", "a corgi skating"])
    void world.engine().generate({ ...WORLD_REQUEST, prompt });
}

/** Engines whose locks are leases in one storage. */
function onLeases(): NonNullable<WorldOptions["open"]> {
  const storage = createCompareAndSetStorage();
  let processes = 0;
  return (options) => {
    const platform = { ...options.platform, createId: () => `process-${++processes}` };
    const locks = createStorageLocks({ storage, platform });
    return createEngine({
      ...options,
      persistence: options.persistence && { ...options.persistence, locks },
    });
  };
}

/** An app that saves videos, and whose step fails so, one time after another. */
function saving(...faults: readonly WorldFault[]): WorldOptions {
  return { savesVideos: true, aimed: faults.map((fault, nth) => ({ call: "app.saveVideos", nth, fault })) };
}

function tenMinutesOf(calls: string, fault: WorldFault): WorldOptions {
  return { outages: [{ fromMs: 0, untilMs: 10 * MINUTE, calls, fault }] };
}

function matrix(guarantee: Guarantee, scenarios: readonly JobScenario[], options: CrashMatrixOptions = {}): Piece {
  return async () => {
    for (const scenario of scenarios) {
      const backend = fakeBackend({ guarantee, scenario, jobMs: SECOND });
      // What at-most-once windows leave is no finding here; which they are is the crash matrix's own test.
      const isLeftFine = guarantee !== "exactly-once";
      const { findings } = await runCrashMatrix({ ...options, polling, backend, isFirstEnough: !isLeftFine });
      const wrong = findings.flatMap(({ violations, imbalances }) => [
        ...violations,
        ...(isLeftFine ? [] : imbalances),
      ]);
      if (wrong.length > 0) return wrong;
    }
    return [];
  };
}

/** One world, in which the user does something, to its end. What at-most-once windows leave counts here: no answer of theirs is lost. */
async function play(
  backend: FakeBackendOptions,
  act: (world: World) => Promise<void> | void,
  options: WorldOptions = {},
): Promise<readonly string[]> {
  const world = createWorld({ polling, backend: fakeBackend(backend), ...options });
  await act(world);
  const { violations, imbalances } = await world.settle();
  return [...violations, ...imbalances];
}

function statusFirst(code: VideoErrorCode, message?: string): WorldOptions {
  const error = videoErrorData(code, { message });
  return {
    open: (options) => {
      const status = answerFirst(options.api.status, { ok: false, certainty: "not-done", error });
      return createEngine({ ...options, api: { ...options.api, status } });
    },
  };
}

/** A lock that fails: two tabs drive the same generation, one to its video and the other to its cancel. The books must still move once. */
function twoDrivers(): Promise<readonly string[]> {
  const locks: NonNullable<EngineOptions["persistence"]>["locks"] = { tryLock: () => Promise.resolve(() => undefined) };
  const open = (options: EngineOptions) =>
    createEngine({
      ...options,
      persistence: options.persistence && { ...options.persistence, locks },
    });
  return play(
    // Another hold, which a second settlement would take.
    { guarantee: "exactly-once", otherDevice: [{ atMs: 0, heldMs: HOUR, credits: 500, end: "release" }] },
    async (world) => {
      start(world);
      await world.clock.advance(3_500);
      await world.openTab();
      await world.clock.advance(1_250);
      void world.engine().get("generation-1")?.cancel();
    },
    { latencyMs: () => 500, open, unchecked: ["S3", "S4", "S6", "G5", "G9", "G15"] },
  );
}

async function twoStartsAtOnce(world: World): Promise<void> {
  await world.openTab();
  void world.engine(0).generate(WORLD_REQUEST);
  void world.engine(1).generate(WORLD_REQUEST);
  await world.clock.advance(5 * SECOND);
  await world.restart(0);
  await world.restart(1);
}

/** The routes over HTTP, whose tokens are good for a minute; an hour is long enough for a job of five. */
async function tokens(): Promise<readonly string[]> {
  const { guarantee, jobMs } = { guarantee: "exactly-once", jobMs: 5 * MINUTE } as const;
  const world = createWorld({
    polling,
    secrets: ["secret-of-"],
    backend: (clock) => {
      const fakes = fakeBackend({ guarantee, jobMs })(clock);
      const fetch = routesOver(fakes.api, (token) => clock.now() - Number(token.split("-").at(-1)) < MINUTE);
      const http = { baseUrl: "https://app.test", getToken: () => `secret-of-${clock.now()}`, fetch };
      const routes = { cancel: "api/mobile/cancel-video", isSubmitRepeatable: true };
      return { ...fakes, api: createHttpVideoApi({ http, clock, routes }) };
    },
  });
  start(world);
  await world.clock.advance(HOUR);
  if (
    world
      .engine()
      .list()
      .some(({ status }) => status === "running")
  )
    return ["L6 the outcome is never settled"];
  const { violations, imbalances } = await world.settle();
  return [...violations, ...imbalances];
}

/** The three routes over a port. */
function routesOver(
  api: ReturnType<ReturnType<typeof fakeBackend>>["api"],
  isGood: (token: string) => boolean,
): typeof fetch {
  return async (input, init) => {
    const request = new Request(input, init);
    if (!isGood(request.headers.get("authorization") ?? "")) return Response.json({}, { status: 401 });
    const key = request.headers.get("idempotency-key");
    if (key !== null) {
      const submitted = await api.submit(await request.json(), { key });
      const requestId = submitted.ok && submitted.value.kind === "accepted" ? submitted.value.job.requestId : "";
      return Response.json({ queued: true, requestId, modelId: WORLD_REQUEST.model, provider: "fal" });
    }
    const requestId = new URL(request.url).searchParams.get("requestId") ?? "";
    const { signal } = new AbortController();
    const answer = await api.status({ job: { requestId }, model: WORLD_REQUEST.model }, { signal });
    if (!answer.ok || answer.value.kind !== "finished") return Response.json({ queued: true, status: "running" });
    return Response.json({ success: true, videos: answer.value.videos.map((url) => ({ url })) });
  };
}
